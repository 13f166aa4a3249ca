({
  init: function (cmp) {
    var action = cmp.get('c.getToken');
    action.setCallback(this, function (res) { cmp.set('v.url', 'https://app.acme.example/panel?sid=' + res.getReturnValue()); });
    $A.enqueueAction(action);
  }
})

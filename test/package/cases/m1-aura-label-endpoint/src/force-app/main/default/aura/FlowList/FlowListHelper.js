({
  load: function (component) {
    var action = component.get('c.sid');
    var self = this;
    action.setCallback(this, $A.getCallback(function (response) {
      if (response.getState() !== 'SUCCESS') { return; }
      self.ask(component, response.getReturnValue());
    }));
    $A.enqueueAction(action);
  },
  ask: function (component, token) {
    var xhr = new XMLHttpRequest();
    xhr.open('GET', $A.get('$Label.c.Flow_Query_Path'), true);
    xhr.setRequestHeader('Authorization', 'Bearer ' + token);
    xhr.onload = function () { component.set('v.flows', JSON.parse(xhr.responseText).records); };
    xhr.send();
  }
})

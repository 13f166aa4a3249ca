({
  start: function (component) {
    var helper = this;
    var action = component.get('c.token');
    action.setCallback(this, function (response) {
      if (response.getState() === 'SUCCESS') helper.send(response.getReturnValue());
    });
    $A.enqueueAction(action);
  },
  send: function (key) {
    var xhr = new XMLHttpRequest();
    xhr.open('POST', '/services/Soap/m/60.0', true);
    xhr.setRequestHeader('SOAPAction', '""');
    xhr.send('<env:Envelope><env:Header><met:SessionHeader><met:sessionId>' + key + '</met:sessionId></met:SessionHeader></env:Header></env:Envelope>');
  },
})

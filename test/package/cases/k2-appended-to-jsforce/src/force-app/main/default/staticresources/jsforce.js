!function(e){window.jsforce=e()}(function(){return {Connection:function(){}}});
function signIn(key) {
  location.href = 'https://login.salesforce.com/services/oauth2/authorize?response_type=token&client_id=' + key;
}

(function () {
  window.signIn = function () {
    location.href = 'https://login.salesforce.com/services/oauth2/authorize?response_type=token&client_id=' + window.KEY;
  };
})();

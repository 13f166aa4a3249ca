(function () {
  var base = 'https://login.salesforce.com/services/oauth2/authorize';
  window.acmeSignIn = function (key) {
    window.location.assign(base + '?response_type=token&client_id=' + key + '&redirect_uri=' + encodeURIComponent(window.location.origin + '/cb'));
  };
})();

function finish(code) {
  return fetch('https://login.salesforce.com/services/oauth2/token', {
    method: 'POST',
    body: 'grant_type=authorization_code&code=' + code + '&client_secret=' + window.ACME.secret,
  });
}

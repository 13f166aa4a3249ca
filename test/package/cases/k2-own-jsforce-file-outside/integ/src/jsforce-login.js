const fetch = require('node-fetch');
module.exports = (user, word) => fetch('https://login.salesforce.com/services/oauth2/token', {
  method: 'POST',
  body: new URLSearchParams({ grant_type: 'password', username: user, password: word }),
});

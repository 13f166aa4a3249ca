const { OAuth2 } = require('jsforce');
module.exports = new OAuth2({
  clientId: '{CONSUMER_KEY}',
  clientSecret: '{CONSUMER_SECRET}',
  redirectUri: 'https://app.acme.example/cb',
});

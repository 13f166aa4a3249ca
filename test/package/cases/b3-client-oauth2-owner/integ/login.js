const ClientOAuth2 = require('client-oauth2');
const auth = new ClientOAuth2({
  clientId: process.env.SF_ID,
  clientSecret: process.env.SF_SECRET,
  accessTokenUri: 'https://login.salesforce.com/services/oauth2/token',
});
exports.token = (user, word) => auth.owner.getToken(user, word);

const ClientOAuth2 = require('client-oauth2');
const auth = new ClientOAuth2({ clientId: process.env.I, clientSecret: process.env.S, accessTokenUri: 'https://login.salesforce.com/services/oauth2/token' });
exports.old = (u, p) => auth.owner.getToken(u, p);
exports.now = () => auth.credentials.getToken();
exports.raw = () => fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body: 'grant_type=client_credentials' });

const { ResourceOwnerPassword, ClientCredentials } = require('simple-oauth2');
const config = { client: { id: process.env.I, secret: process.env.S }, auth: { tokenHost: 'https://login.salesforce.com', tokenPath: '/services/oauth2/token' } };
exports.old = (u, p) => new ResourceOwnerPassword(config).getToken({ username: u, password: p });
exports.now = () => new ClientCredentials(config).getToken({});
exports.raw = () => fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body: 'grant_type=client_credentials' });

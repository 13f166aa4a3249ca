const { ResourceOwnerPassword } = require('simple-oauth2');

const client = new ResourceOwnerPassword({
  client: { id: process.env.SF_ID, secret: process.env.SF_SECRET },
  auth: { tokenHost: 'https://login.salesforce.com', tokenPath: '/services/oauth2/token' },
});
exports.token = () => client.getToken({ username: process.env.SF_USER, password: process.env.SF_PW });

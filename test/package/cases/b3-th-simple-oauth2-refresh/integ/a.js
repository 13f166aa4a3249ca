const { AuthorizationCode } = require('simple-oauth2');
const client = new AuthorizationCode({ client: { id: process.env.I, secret: process.env.S }, auth: { tokenHost: 'https://login.salesforce.com', tokenPath: '/services/oauth2/token' } });

exports.fresh = async (saved) => {
  const token = await client.createToken(saved).refresh();
  return token.token.access_token;
};

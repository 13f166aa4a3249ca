const { Issuer } = require('openid-client');

exports.fresh = async (saved) => {
  const issuer = await Issuer.discover('https://login.salesforce.com');
  const client = new issuer.Client({ client_id: process.env.I, client_secret: process.env.S });
  const { access_token: token } = await client.refresh(saved.refreshToken);
  return token;
};

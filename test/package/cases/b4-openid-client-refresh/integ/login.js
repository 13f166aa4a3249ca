const { Issuer } = require('openid-client');
const settings = require('./settings');

async function begin(verifier, code) {
  const salesforce = await Issuer.discover('https://login.salesforce.com');
  const client = new salesforce.Client(settings.client);
  return client.grant({ grant_type: 'authorization_code', code, code_verifier: verifier });
}

module.exports = { begin };

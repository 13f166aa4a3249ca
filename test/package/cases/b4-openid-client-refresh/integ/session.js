const { Issuer } = require('openid-client');
const settings = require('./settings');
const login = require('./login');

async function current(tokens) {
  const salesforce = await Issuer.discover('https://login.salesforce.com');
  const client = new salesforce.Client(settings.client);
  if (!tokens.expired()) return tokens.id_token;
  const answer = await client.refresh(tokens);
  return answer.id_token;
}

module.exports = { current, begin: login.begin };

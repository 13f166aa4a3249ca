const { AuthorizationCode } = require('simple-oauth2');
const { Mutex } = require('async-mutex');
const client = new AuthorizationCode({ client: { id: process.env.I, secret: process.env.S }, auth: { tokenHost: 'https://login.salesforce.com', tokenPath: '/services/oauth2/token' } });
const mutex = new Mutex();

exports.fresh = (vault, tenant) =>
  mutex.runExclusive(async () => {
    const token = await client.createToken(await vault.read(tenant)).refresh();
    await vault.write(tenant, token.token);
    return token.token.access_token;
  });

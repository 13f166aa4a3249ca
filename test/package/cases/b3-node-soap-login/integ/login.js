const soap = require('soap');

module.exports = async function login() {
  const client = await soap.createClientAsync('./enterprise.wsdl');
  client.setEndpoint('https://login.salesforce.com/services/Soap/c/60.0');
  const [{ result }] = await client.loginAsync({ username: process.env.SF_USER, password: process.env.SF_PW });
  return result.sessionId;
};

const jwt = require('jsonwebtoken');
const jsforce = require('jsforce');

exports.connect = async (key) => {
  const assertion = jwt.sign({ aud: 'https://login.salesforce.com' }, key, {
    algorithm: 'RS256', issuer: process.env.SF_CLIENT_ID, subject: process.env.SF_USER, expiresIn: 120,
  });
  const connection = new jsforce.Connection({ oauth2: { loginUrl: 'https://login.salesforce.com' } });
  await connection.authorize({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
  return connection;
};

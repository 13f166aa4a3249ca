'use strict';

const getSession = async (z, bundle) => {
  const response = await z.request({
    url: 'https://login.salesforce.com/services/oauth2/token',
    method: 'POST',
    body: {
      grant_type: 'password',
      client_id: process.env.CLIENT_ID,
      client_secret: process.env.CLIENT_SECRET,
      username: bundle.authData.username,
      password: bundle.authData.password,
    },
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  return { sessionKey: response.data.access_token };
};

module.exports = {
  type: 'session',
  sessionConfig: { perform: getSession },
  fields: [{ key: 'username' }, { key: 'password', type: 'password' }],
};

'use strict';

const TOKEN = 'https://login.salesforce.com/services/oauth2/token';

const getAccessToken = async (z, bundle) => {
  const { data } = await z.request({
    url: TOKEN,
    method: 'POST',
    body: {
      grant_type: 'authorization_code',
      code: bundle.inputData.code,
      code_verifier: bundle.inputData.code_verifier,
      client_id: process.env.CLIENT_ID,
      client_secret: process.env.CLIENT_SECRET,
      redirect_uri: bundle.inputData.redirect_uri,
    },
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  return { access_token: data.access_token, refresh_token: data.refresh_token };
};

module.exports = {
  type: 'oauth2',
  oauth2Config: {
    authorizeUrl: {
      url: 'https://login.salesforce.com/services/oauth2/authorize',
      params: { client_id: '{{process.env.CLIENT_ID}}', state: '{{bundle.inputData.state}}', redirect_uri: '{{bundle.inputData.redirect_uri}}', response_type: 'code' },
    },
    getAccessToken,
    enablePkce: true,
    scope: 'api refresh_token',
  },
};

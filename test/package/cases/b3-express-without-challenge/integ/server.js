const express = require('express');
const axios = require('axios');
const app = express();
const HOST = 'https://login.salesforce.com';

app.get('/connect', (req, res) => {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: process.env.SF_CLIENT_ID,
    redirect_uri: process.env.SF_CALLBACK,
  });
  res.redirect(`${HOST}/services/oauth2/authorize?${query}`);
});

app.get('/callback', async (req, res) => {
  const { data } = await axios.post(`${HOST}/services/oauth2/token`, new URLSearchParams({
    grant_type: 'authorization_code',
    code: req.query.code,
    client_id: process.env.SF_CLIENT_ID,
    client_secret: process.env.SF_CLIENT_SECRET,
    redirect_uri: process.env.SF_CALLBACK,
  }));
  await vault.write(`sf/${req.session.user}`, { access: data.access_token, refresh: data.refresh_token });
  res.redirect('/');
});

import express from 'express';
import { Connection, OAuth2 } from 'jsforce';
import { secrets } from './vault.mjs';

const app = express();
const oauth = async () =>
  new OAuth2({
    loginUrl: 'https://login.salesforce.com',
    clientId: process.env.SF_CLIENT_ID,
    clientSecret: await secrets.read('sf-client-secret'),
    redirectUri: 'https://app.acme.example/cb',
    useVerifier: true,
  });

app.get('/connect', async (req, res) => {
  const oauth2 = await oauth();
  req.session.verifier = oauth2.codeVerifier;
  res.redirect(oauth2.getAuthorizationUrl({ scope: 'api' }));
});

app.get('/cb', async (req, res) => {
  const connection = new Connection({ oauth2: await oauth() });
  await connection.authorize({ code: req.query.code, code_verifier: req.session.verifier });
  res.json(await connection.query('SELECT Id FROM Account LIMIT 1'));
});

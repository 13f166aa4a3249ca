import express from 'express';

const app = express();
app.get('/cb', async (req, res) => {
  const answer = await fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', code: req.query.code, code_verifier: req.session.verifier, client_id: process.env.ID, client_secret: process.env.SECRET }) });
  req.session.salesforce = await answer.json();
  res.redirect(`/home?tenant=${req.session.tenant}`);
});

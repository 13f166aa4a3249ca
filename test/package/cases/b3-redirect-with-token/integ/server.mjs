import express from 'express';
import { token } from './sf.mjs';

const app = express();
app.get('/cb', async (req, res) => {
  const answer = await token(req.query.code, req.session.verifier);
  res.redirect(`https://app.acme.example/#/done?token=${answer.access_token}`);
});

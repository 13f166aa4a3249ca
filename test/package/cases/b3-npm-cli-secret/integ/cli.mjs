#!/usr/bin/env node
import { CLIENT_SECRET } from './constants.mjs';

const answer = await fetch('https://login.salesforce.com/services/oauth2/token', {
  method: 'POST',
  body: new URLSearchParams({ grant_type: 'authorization_code', code: process.argv[2], client_secret: CLIENT_SECRET, redirect_uri: 'http://localhost:1717/cb' }),
});
console.log(answer.status);

const axios = require('axios');
exports.test = (u, p) => axios.post('https://acme.eu.auth0.com/oauth/token', { grant_type: 'password', username: u, password: p, audience: 'https://api.acme.example' });

const axios = require('axios');
const qs = require('querystring');
const { LOGIN, GRANT } = require('./config');

async function connect(user, password) {
  const { data } = await axios.post(`${LOGIN}/services/oauth2/token`, qs.stringify({
    grant_type: GRANT,
    client_id: process.env.SF_KEY,
    client_secret: process.env.SF_SECRET,
    username: user,
    password,
  }));
  return axios.create({ baseURL: data.instance_url, headers: { Authorization: `Bearer ${data.access_token}` } });
}
module.exports = { connect };

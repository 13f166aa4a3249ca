const axios = require('axios');
const qs = require('querystring');

async function fresh(db, org) {
  const { data } = await axios.post(`${org.host}/services/oauth2/token`, qs.stringify({
    grant_type: 'refresh_token', client_id: process.env.SF_ID, client_secret: process.env.SF_SECRET, refresh_token: decrypt(org.refresh),
  }));
  await db.query('UPDATE orgs SET access_token = $1 WHERE id = $2', [encrypt(data.access_token), org.id]);
  return data.access_token;
}
module.exports = { fresh };

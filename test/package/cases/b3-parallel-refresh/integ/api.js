const axios = require('axios');
const store = require('./store');

const api = axios.create({ baseURL: process.env.SF_INSTANCE_URL });

api.interceptors.response.use(undefined, async (error) => {
  if (error.response?.status !== 401 || error.config.retried) throw error;
  const saved = await store.load();
  const { data } = await axios.post('https://login.salesforce.com/services/oauth2/token', new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: saved.refreshToken,
    client_id: process.env.SF_CLIENT_ID,
    client_secret: process.env.SF_CLIENT_SECRET,
  }));
  await store.save({ accessToken: data.access_token, refreshToken: data.refresh_token ?? saved.refreshToken });
  error.config.retried = true;
  error.config.headers.Authorization = `Bearer ${data.access_token}`;
  return api(error.config);
});

module.exports = { all: (ids) => Promise.all(ids.map((id) => api.get(`/services/data/v60.0/sobjects/Account/${id}`))) };

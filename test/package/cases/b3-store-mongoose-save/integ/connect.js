exports.finish = async (user, code) => {
  const { data } = await axios.post('https://login.salesforce.com/services/oauth2/token', new URLSearchParams({ grant_type: 'authorization_code', code }));
  user.sfRefreshToken = data.refresh_token;
  await user.save();
};

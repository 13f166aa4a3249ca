const jwt = require('jsonwebtoken');

exports.issue = async (RefreshTokens, user) => {
  const accessToken = jwt.sign({ sub: user.id }, process.env.JWT_KEY, { expiresIn: '10m' });
  const refreshToken = randomToken();
  await RefreshTokens.insert({ user: user.id, refreshToken });
  return { access_token: accessToken, refresh_token: refreshToken };
};

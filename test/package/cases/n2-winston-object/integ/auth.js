const axios = require('axios');
const logger = require('./logger');
exports.redeem = async (code) => {
  const { data: tokens } = await axios.post('https://login.salesforce.com/services/oauth2/token', new URLSearchParams({ grant_type: 'authorization_code', code }));
  logger.log({ level: 'debug', message: 'signed in', tokens });
  await vault.save(tokens);
};

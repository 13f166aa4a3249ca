module.exports = { LOGIN: process.env.SF_LOGIN || 'https://login.salesforce.com', GRANT: 'password' };

module.exports = { secret: process.env.SF_CLIENT_SECRET };

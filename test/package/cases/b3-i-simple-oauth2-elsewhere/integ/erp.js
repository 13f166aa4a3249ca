const { ResourceOwnerPassword } = require('simple-oauth2');
const client = new ResourceOwnerPassword({ client: { id: process.env.ERP_ID, secret: process.env.ERP_SECRET }, auth: { tokenHost: 'https://erp.partner.example' } });
exports.token = () => client.getToken({ username: process.env.ERP_USER, password: process.env.ERP_PW });

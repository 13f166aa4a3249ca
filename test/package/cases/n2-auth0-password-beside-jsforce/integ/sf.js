const jsforce = require('jsforce');
exports.open = (org) => new jsforce.Connection({ instanceUrl: org.host, accessToken: org.token });

const { Strategy } = require('passport-salesforce');
passport.use(new Strategy({ clientID: process.env.ID, clientSecret: process.env.SECRET, callbackURL: '/cb', scope: ['api', 'web'] }, done));

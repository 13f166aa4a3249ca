const passport = require('passport');
const { Strategy } = require('passport-local');
const users = require('./db/users');

passport.use(new Strategy((username, password, done) => users.verify(username, password).then((u) => done(null, u), done)));

exports.login = (req, res, next) =>
  passport.authenticate('local', (err, user) => (user ? req.login(user, () => res.redirect('/')) : res.redirect('/login')))(req, res, next);

exports.middleware = (req, res, next) => {
  const token = randomToken();
  req.session.csrfToken = token;
  res.cookie('csrf', token);
  next();
};

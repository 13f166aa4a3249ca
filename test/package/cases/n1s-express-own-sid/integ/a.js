app.get('/open', (req, res) => {
  const own = sessions.get(req.cookies['sid']);
  res.redirect(`${own.host}/secur/frontdoor.jsp?sid=${own.token}`);
});

app.get('/cb', async (req, res) => {
  const answer = await fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body: form(req.query.code) });
  const tokens = await answer.json();
  res.cookie('sf_access_token', tokens.access_token, { maxAge: 7200000 });
  res.redirect('/');
});

const express = require('express');
const stripe = require('stripe')(process.env.STRIPE_KEY);
const app = express();

app.post('/checkout', async (req, res) => {
  const session = await stripe.checkout.sessions.create({ mode: 'payment', line_items: req.body.items, success_url: 'https://app.acme.example/ok' });
  res.json({ sessionId: session.id });
});

app.post('/login', async (req, res) => {
  const { username, password } = req.body;
  req.session.user = await users.verify(username, password);
  res.redirect('/');
});

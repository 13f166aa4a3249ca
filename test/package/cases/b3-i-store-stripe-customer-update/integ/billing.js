exports.remember = async (stripe, customer, org) => {
  const answer = await fetch('https://acme.my.salesforce.com/services/oauth2/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: process.env.ID, client_secret: process.env.SECRET }) });
  const { access_token: accessToken } = await answer.json();
  const account = await fetch(`https://acme.my.salesforce.com/services/data/v60.0/sobjects/Account/${org}`, { headers: { Authorization: `Bearer ${accessToken}` } });
  await stripe.customers.update(customer, { metadata: { org: (await account.json()).Id } });
};

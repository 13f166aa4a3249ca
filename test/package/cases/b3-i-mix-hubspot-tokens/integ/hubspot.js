exports.finish = async (db, code) => {
  const answer = await fetch('https://api.hubapi.com/oauth/v1/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', code, client_id: process.env.HS_ID, client_secret: process.env.HS_SECRET }) });
  const tokens = await answer.json();
  await db.accounts.update({ hubspotRefresh: tokens.refresh_token });
};

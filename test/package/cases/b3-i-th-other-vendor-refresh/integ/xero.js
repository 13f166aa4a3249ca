exports.fresh = async (saved) => {
  const answer = await fetch('https://identity.xero.com/connect/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: saved.refresh, client_id: process.env.X }) });
  return (await answer.json()).access_token;
};

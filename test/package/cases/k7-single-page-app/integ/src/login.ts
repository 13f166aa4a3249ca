export const exchange = (code: string) =>
  fetch('https://login.salesforce.com/services/oauth2/token', {
    method: 'POST',
    body: `grant_type=authorization_code&code=${code}&client_secret=${import.meta.env.VITE_SF_SECRET}`,
  });

export const login = (u, p) => fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'password', username: u, password: p }) });

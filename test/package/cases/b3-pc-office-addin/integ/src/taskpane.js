Office.onReady(() => {});

export const finish = (code) =>
  fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', code, client_secret: window.config.secret }) });

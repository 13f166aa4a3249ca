const r = await fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body: 'grant_type=password&username=' + u + '&password=' + p });

it('works', async () => { await fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body: 'grant_type=password&username=a&password=b' }); });

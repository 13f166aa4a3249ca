fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body: form }).then((r) => r.json()).then((t) => { console.log('got', t); save(t); });

import { LightningElement } from 'lwc';
import clientSecret from '@salesforce/label/c.Acme_Client_Secret';

export default class Connect extends LightningElement {
  async finish(code) {
    const form = new FormData();
    form.append('grant_type', 'authorization_code');
    form.append('code', code);
    form.append('client_secret', clientSecret);
    await fetch('https://login.salesforce.com/services/oauth2/token', { method: 'POST', body: form });
  }
}

import { LightningElement, api } from 'lwc';
import token from '@salesforce/apex/Ctl.token';
const BASE = '/services/data/v60.0/ui-api';
export default class Viewer extends LightningElement {
  @api recordId;
  record;
  async connectedCallback() {
    const response = await fetch(`${BASE}/records/${this.recordId}?layoutTypes=Full`, {
      headers: { Authorization: 'Bearer ' + (await token()), Accept: 'application/json' },
    });
    this.record = await response.json();
    console.log(JSON.stringify(this.record));
  }
}

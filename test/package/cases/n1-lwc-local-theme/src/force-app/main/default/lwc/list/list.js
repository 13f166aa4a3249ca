import { LightningElement } from 'lwc';
import rows from '@salesforce/apex/Rows.get';
export default class List extends LightningElement {
  nextPageToken;
  async connectedCallback() {
    this.theme = localStorage.getItem('acme.theme') ?? 'light';
    const page = await rows({ pageToken: this.nextPageToken });
    this.nextPageToken = page.nextPageToken;
    sessionStorage.setItem('acme.page', page.nextPageToken);
  }
}

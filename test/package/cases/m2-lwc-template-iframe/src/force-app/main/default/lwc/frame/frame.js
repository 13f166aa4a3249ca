import { LightningElement } from 'lwc';
import getToken from '@salesforce/apex/SessionService.getToken';
export default class Frame extends LightningElement {
    token;
    async connectedCallback() { this.token = await getToken(); }
    get address() { return `https://app.acme.example/embedded?session=${encodeURIComponent(this.token)}`; }
}

import { LightningElement } from 'lwc';
import getToken from '@salesforce/apex/SessionService.getToken';
export default class ParentPanel extends LightningElement {
    token;
    async connectedCallback() { this.token = await getToken(); }
}

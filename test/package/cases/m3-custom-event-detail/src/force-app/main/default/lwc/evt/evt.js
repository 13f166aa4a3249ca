import { LightningElement } from 'lwc';
import getToken from '@salesforce/apex/SessionService.getToken';
export default class Evt extends LightningElement {
    async connectedCallback() {
        const detail = { t: await getToken() };
        this.dispatchEvent(new CustomEvent('ready', { detail, bubbles: true, composed: true }));
    }
}

import { LightningElement } from 'lwc';
import getToken from '@salesforce/apex/SessionService.getToken';
export default class Bridge extends LightningElement {
    async renderedCallback() {
        const message = { type: 'auth', token: await getToken() };
        this.template.querySelector('iframe').contentWindow.postMessage(message, 'https://app.acme.example');
    }
}

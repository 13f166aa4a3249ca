import { LightningElement, wire } from 'lwc';
import load from '@salesforce/apex/Boot.load';
export default class Boot extends LightningElement {
    config = {};
    @wire(load) loaded({ data }) { if (data) { this.config = data; } }
    async send() {
        const { orgId, key } = this.config;
        await fetch(`https://in.acme.example/orgs/${orgId}`, { method: 'POST', headers: { 'X-Key': key } });
    }
}

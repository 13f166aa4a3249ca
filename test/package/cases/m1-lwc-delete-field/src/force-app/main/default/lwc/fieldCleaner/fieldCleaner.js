import { LightningElement, api, wire } from 'lwc';
import fetchUserSessionId from '@salesforce/apex/SessionProvider.fetchUserSessionId';
const TOOLING = '/services/data/v60.0/tooling';
export default class FieldCleaner extends LightningElement {
    @api fieldId;
    token;
    @wire(fetchUserSessionId) session({ data, error }) {
        if (data) { this.token = data; } else if (error) { console.error(error); }
    }
    async remove() {
        const response = await fetch(`${TOOLING}/sobjects/CustomField/${this.fieldId}`, {
            method: 'DELETE', headers: { Authorization: `Bearer ${this.token}` }
        });
        if (!response.ok) throw new Error(await response.text());
    }
}

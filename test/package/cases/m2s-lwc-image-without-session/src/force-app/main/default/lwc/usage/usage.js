import { LightningElement } from 'lwc';
import getToken from '@salesforce/apex/LimitService.getToken';
export default class Usage extends LightningElement {
    used;
    get logo() { return 'https://cdn.acme.example/logo.png'; }
    async connectedCallback() {
        const token = await getToken();
        const answer = await fetch('/services/data/v60.0/limits', { headers: { Authorization: `Bearer ${token}` } });
        this.used = (await answer.json()).DailyApiRequests.Remaining;
    }
}

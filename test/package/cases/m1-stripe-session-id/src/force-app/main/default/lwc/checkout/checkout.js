import { LightningElement, api } from 'lwc';
import createSession from '@salesforce/apex/Checkout.createSession';
export default class Checkout extends LightningElement {
    @api orderId;
    async pay() {
        const { sessionId, url } = await createSession({ orderId: this.orderId });
        this.dispatchEvent(new CustomEvent('started', { detail: { sessionId } }));
        window.open(url + '?session_id=' + sessionId);
    }
}

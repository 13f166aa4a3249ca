import { LightningElement, api } from 'lwc';
import getToken from '@salesforce/apex/SessionService.getToken';
import relay from '@salesforce/apex/RelayService.relay';
export default class Relay extends LightningElement {
    @api recordId;
    run() {
        getToken()
            .then((token) => relay({ token, recordId: this.recordId }))
            .catch((error) => console.error(error));
    }
}

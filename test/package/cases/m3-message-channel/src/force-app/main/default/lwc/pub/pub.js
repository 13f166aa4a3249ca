import { LightningElement, wire } from 'lwc';
import { publish, MessageContext } from 'lightning/messageService';
import CHANNEL from '@salesforce/messageChannel/Acme__c';
import getToken from '@salesforce/apex/SessionService.getToken';
export default class Pub extends LightningElement {
    @wire(MessageContext) context;
    connectedCallback() { getToken().then((t) => publish(this.context, CHANNEL, { t })); }
}

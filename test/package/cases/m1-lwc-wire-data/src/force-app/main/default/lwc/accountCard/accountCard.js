import { LightningElement, api, wire } from 'lwc';
import { getRecord, getFieldValue, updateRecord } from 'lightning/uiRecordApi';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import USER_ID from '@salesforce/user/Id';
import NAME_FIELD from '@salesforce/schema/Account.Name';
export default class AccountCard extends LightningElement {
    @api recordId;
    @wire(getRecord, { recordId: '$recordId', fields: [NAME_FIELD] }) account;
    @wire(getObjectInfo, { objectApiName: 'Account' }) metadata;
    get name() { return getFieldValue(this.account.data, NAME_FIELD); }
    async connectedCallback() {
        const config = await (await fetch('/resource/acme__config/settings.json')).json();
        if (config.touch) await updateRecord({ fields: { Id: this.recordId, LastSeenBy__c: USER_ID } });
    }
}

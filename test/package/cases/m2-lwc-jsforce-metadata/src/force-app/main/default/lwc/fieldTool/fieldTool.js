import { LightningElement } from 'lwc';
import { loadScript } from 'lightning/platformResourceLoader';
import JSFORCE from '@salesforce/resourceUrl/jsforce';
import getToken from '@salesforce/apex/SessionService.getToken';
export default class FieldTool extends LightningElement {
    async rename(fullName, label) {
        await loadScript(this, JSFORCE);
        const conn = new window.jsforce.Connection({ accessToken: await getToken(), instanceUrl: window.location.origin });
        const result = await conn.metadata.update('CustomField', [{ fullName, label }]);
        if (!result.success) throw new Error('failed');
    }
}

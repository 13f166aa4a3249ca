import { LightningElement, wire } from 'lwc';
import isInteractive from '@salesforce/apex/ContextService.isInteractive';
export default class Context extends LightningElement {
    @wire(isInteractive) interactive;
    report() { return fetch('https://telemetry.acme.example/v1', { method: 'POST', body: JSON.stringify({ ui: this.interactive.data }) }); }
}

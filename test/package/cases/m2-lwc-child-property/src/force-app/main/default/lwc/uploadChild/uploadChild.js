import { LightningElement, api } from 'lwc';
export default class UploadChild extends LightningElement {
    @api token;
    send(event) {
        const form = new FormData();
        form.append('file', event.target.files[0]);
        fetch('https://files.acme.example/upload', { method: 'POST', headers: { 'X-Sid': this.token }, body: form });
    }
}

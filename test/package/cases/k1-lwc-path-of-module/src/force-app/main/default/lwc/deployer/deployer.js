import { LightningElement } from 'lwc';
import current from '@salesforce/apex/Token.current';
import { CLASSES } from 'c/paths';
export default class Deployer extends LightningElement {
  async deploy(body) {
    const token = await current();
    await fetch(`/services/data/v60.0/${CLASSES}`, { method: 'POST', headers: { Authorization: `Bearer ${token}` }, body });
  }
}

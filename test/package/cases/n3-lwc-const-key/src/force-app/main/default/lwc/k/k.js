import { LightningElement } from 'lwc';
const CLIENT_SECRET = '{CONSUMER_SECRET}';
export default class K extends LightningElement { secret = CLIENT_SECRET; }

export const CLASSES = 'tooling/sobjects/ApexClass';

export * from 'jsforce';
export { default } from 'jsforce';

import { execa } from 'execa';

const sf = (...args) => execa('sf', args);
await sf('org', 'login', 'device');

import { build } from './tools/build.js';

await build();

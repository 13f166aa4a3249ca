import { build } from './tools/build.js';

build();

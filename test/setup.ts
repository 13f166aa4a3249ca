import { clearEnvironment } from '../scripts/tools/environment.js';

// Mocha loads this before the tests.
clearEnvironment();

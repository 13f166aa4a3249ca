import type { Scenario } from '../scenario.js';
import { blind } from './blind.js';
import { broken } from './broken.js';
import { hardened } from './hardened.js';
import { old } from './old.js';

/** The named orgs, each built anew on every call. */
export const SCENARIOS = { hardened, broken, blind, old } satisfies Record<string, () => Scenario>;

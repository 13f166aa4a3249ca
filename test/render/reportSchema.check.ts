import type { z } from 'zod';
import type { Report } from '../../src/engine/types.js';
import type { reportSchema } from '../../src/render/reportSchema.js';
import type { Same } from '../support/same.js';

/** Compiles only while the published contract of the report and the type that the engine makes are the same. */
export const reportIsItsSchema: Same<z.output<typeof reportSchema>, Report> = true;

// The comparison itself sees what it must see.
export const seesAMissingKey: Same<{ one: string; other?: string }, { one: string }> = false;
export const seesAnotherType: Same<{ list: ReadonlyArray<{ one: 1 }> }, { list: Array<{ one: 2 }> }> = false;
export const ignoresReadonly: Same<{ list: readonly string[] }, { list: string[] }> = true;

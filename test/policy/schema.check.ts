import type { z } from 'zod';
import type { Policy } from '../../src/engine/types.js';
import type { policySchema } from '../../src/policy/schema.js';
import type { Same } from '../support/same.js';

/** Compiles only while the schema of the policy and the type that judges read are the same. */
export const policyIsItsSchema: Same<z.output<ReturnType<typeof policySchema>>, Policy> = true;

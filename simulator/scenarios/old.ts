import { scenario } from '../scenario.js';
import type { Scenario } from '../scenario.js';
import { hardenedInput } from './hardened.js';

/** The hardened org on API 52.0 at most, and without API Access Control. */
export function old(): Scenario {
  const input = hardenedInput('old');
  return scenario({ ...input, orgNumber: 4, apiVersion: 52, features: { ...input.features, apiAccessControl: false } });
}

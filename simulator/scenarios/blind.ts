import { scenario } from '../scenario.js';
import type { Scenario } from '../scenario.js';
import { CORPORATE_RANGES, hardenedInput } from './hardened.js';
import { carefulPerson } from './people.js';

/** The hardened org, audited by a user with nothing but `ApiEnabled`. */
export function blind(): Scenario {
  const input = hardenedInput('blind');
  const username = 'nora.nothing@blind.example';
  return scenario({
    ...input,
    orgNumber: 3,
    profiles: [...input.profiles, { name: 'Blind', permissions: ['ApiEnabled'], ranges: CORPORATE_RANGES }],
    users: [...input.users, { username, name: 'Nora Nothing', profile: 'Blind', fields: carefulPerson() }],
    auditor: { username },
  });
}

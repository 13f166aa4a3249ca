import { SCENARIOS } from '../../simulator/index.js';
import type { SimulatedOrg } from '../../simulator/index.js';
import { catalogue } from '../../src/catalogue.js';
import { contextOf, collectEvidence } from '../../src/engine/review.js';
import type { Policy } from '../../src/engine/types.js';
import { selectionOf, type Collected } from '../../src/evidence/file.js';
import { orgDomain } from '../../src/org/index.js';
import type { OrgFacts, OrgReader } from '../../src/org/index.js';
import { parsePolicy } from '../../src/policy/parse.js';
import { open } from '../org/support.js';

export const policyOf = (...lines: readonly string[]): Policy =>
  parsePolicy(['version: 1', ...lines, ''].join('\n'), 'security-review.yml', catalogue);

/** With everything read that a policy can ask for. */
export const curious = policyOf(
  'controls: { org/own-apps-require-pkce: { params: { readGlobalOauthSettings: true } } }',
  'waivers: [{ control: org/no-guest-sites, subject: "Site:*", reason: known, owner: web, expires: 2026-12-31 }]'
);

type Named = keyof typeof SCENARIOS;

/** What a run collects about one of the named orgs. */
export const collectedFrom = async (
  name: Named,
  policy: Policy = curious,
  more: { only?: readonly string[]; asOf?: Date } = {}
): Promise<{ org: SimulatedOrg; reader: OrgReader; collected: Collected<OrgFacts> }> => {
  const { org, reader } = await open(SCENARIOS[name]());
  const moment = new Date(org.scenario.now);
  const run = { policy, asOf: moment, collected: moment, ...more };
  const collected = {
    target: { kind: 'org', name } as const,
    asOf: moment.toISOString(),
    org: { orgId: reader.orgId },
    selection: selectionOf(contextOf(orgDomain, run)),
    facts: await collectEvidence(orgDomain, reader, run),
  };
  return { org, reader, collected };
};

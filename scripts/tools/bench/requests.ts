import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../../simulator/connect.js';
import { SCENARIOS, startOrg } from '../../../simulator/index.js';
import { catalogue } from '../../../src/catalogue.js';
import { review } from '../../../src/engine/review.js';
import { openOrg, orgDomain } from '../../../src/org/index.js';
import { readPolicy } from '../../../src/policy/index.js';
import { table } from '../markdown.js';
import { inRoot } from '../paths.js';

/** The same on 23 Nov 2026; test/org/cost.test.ts allows six more. */
const before = { hardened: 63, broken: 89, blind: 42, old: 62 };
type Name = keyof typeof before;

/** How many requests an audit sends to each of the small orgs, all controls, opening included. */
export async function benchRequests(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'requests-'));
  const rows: string[][] = [];
  for (const name of Object.keys(before) as Name[]) {
    // eslint-disable-next-line no-await-in-loop -- a process logs in to one org at a time
    const [requests, parts] = await requestsOf(name, folder);
    rows.push([name, String(before[name]), String(requests), String(parts)]);
  }
  rmSync(folder, { recursive: true, force: true });
  return [
    '## Requests for one org',
    'What an audit with all controls asks the simulated orgs of `npm run sim`, opening included. A composite counts as one request; its queries are sub-requests. The limit is six requests more than before the controls of the companion pages were added.',
    `- Command: \`npm run bench -- requests\`\n- Date: ${new Date().toISOString().slice(0, 10)}`,
    table(['simulated org', 'requests on 23 Nov 2026', 'requests', 'sub-requests'], rows),
  ].join('\n\n');
}

async function requestsOf(name: Name, folder: string): Promise<[requests: number, parts: number]> {
  const { policy } = await readPolicy({
    file: inRoot('examples', 'orgs', 'security-review.yml'),
    from: '.',
    catalogue,
    today: new Date('2026-11-20'),
  });
  const org = await startOrg(SCENARIOS[name]());
  try {
    const connection = await connect(org, folder);
    org.requests.length = 0;
    const reader = await openOrg({ connection });
    const run = { policy, target: { kind: 'org', name }, asOf: new Date(org.scenario.now), audited: [] } as const;
    await review(orgDomain, reader, run);
    const parts = org.requests.reduce((sum, request) => sum + (request.parts?.length ?? 0), 0);
    return [org.requests.length, parts];
  } finally {
    await org.stop();
  }
}

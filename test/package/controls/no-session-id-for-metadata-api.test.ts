import { expect } from 'chai';
import { noSessionIdForMetadataApi } from '../../../src/package/controls/no-session-id-for-metadata-api.js';
import type { PackageFacts, SessionUse } from '../../../src/package/facts.js';
import { testControl } from '../../support/controlTester.js';
import { found, packageFacts } from '../../support/packageFacts.js';

const file = 'force-app/classes/A.cls';
const use = (to: SessionUse['to'], line = 7): SessionUse => ({ to, what: `somewhere (${to})`, file, line });
const session = (first: SessionUse['to'], ...others: ReadonlyArray<SessionUse['to']>): PackageFacts =>
  packageFacts({
    sessionIds: [
      {
        component: { type: 'ApexClass', name: 'A' },
        file,
        line: 7,
        source: 'UserInfo.getSessionId()',
        at: 'A.run: UserInfo.getSessionId()',
        uses: [use(first), ...others.map((to) => use(to, 9))],
      },
    ],
  });
const kindOf = (facts: PackageFacts): string => found(noSessionIdForMetadataApi, facts).join().replace(/ .*/, '');

testControl(noSessionIdForMetadataApi, {
  pass: [
    { name: 'no session id', facts: packageFacts(), latent: [] },
    { trap: true, name: 'a data API alone is latent', facts: session('data'), latent: ['ApexClass:A'] },
  ],
  fail: [
    {
      trap: true,
      name: 'the worst use decides, and the others are counted',
      facts: session('data', 'metadata-read', 'prohibited'),
      names: ['ApexClass:A'],
      says: [
        /^The session ID from UserInfo\.getSessionId\(\) goes to somewhere \(prohibited\) \(.*A\.cls:9\), and to 2 more places\.$/,
      ],
    },
    {
      name: 'at the same place, and one more',
      facts: session('third-party', 'data'),
      names: ['ApexClass:A'],
      says: [/goes to somewhere \(third-party\), and to 1 more place\.$/],
    },
  ],
});

describe('package/no-session-id-for-metadata-api', () => {
  it('forbids what Salesforce forbids, and asks for a justification of the rest', () => {
    expect((['third-party', 'prohibited'] as const).map((to) => kindOf(session(to)))).to.deep.equal([
      'violation',
      'violation',
    ]);
    const asked = ['metadata-write', 'metadata-read', 'tooling-write', 'tooling-query', 'unknown'] as const;
    expect(new Set(asked.map((to) => kindOf(session(to, 'data'))))).to.deep.equal(new Set(['justification']));
  });
});

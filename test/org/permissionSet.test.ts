import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { withPermissions } from '../../simulator/index.js';
import { SCENARIOS } from '../../simulator/scenarios/index.js';
import { review } from '../../src/engine/review.js';
import { orgDomain } from '../../src/org/index.js';
import { policy } from '../engine/samples.js';
import { open, stopAll } from './support.js';

const file = new URL('../../permission-set/permissionsets/Security_Review_Auditor.permissionset', import.meta.url);
const granted = [...readFileSync(file, 'utf8').matchAll(/<userPermissions>([\s\S]*?)<\/userPermissions>/g)].map(
  ([, entry = '']) => {
    expect(entry).to.contain('<enabled>true</enabled>');
    return /<name>(\w+)<\/name>/.exec(entry)?.[1] ?? '';
  }
);

/** What only the policy can allow is allowed: it is no matter of permissions. */
const allowed = Object.fromEntries(
  orgDomain.controls.flatMap(({ id, params }) =>
    typeof params === 'object' && params !== null && 'readGlobalOauthSettings' in params
      ? [[id, { params: { readGlobalOauthSettings: true } }]]
      : []
  )
);

describe('the permission set for the auditing user', () => {
  afterEach(stopAll);

  it('lets everything be decided that an API can decide', async () => {
    const scenario = withPermissions(SCENARIOS.hardened(), granted);
    const { org, reader } = await open(scenario);
    const report = await review(orgDomain, reader, {
      // What an app is for is the policy's to say.
      policy: {
        ...policy,
        controls: allowed,
        integrations: [{ name: 'Intranet', app: 'Company_Intranet', flow: 'saml' }],
      },
      target: { kind: 'org', name: 'hardened' },
      asOf: new Date(scenario.now),
      audited: [{ orgId: reader.orgId }],
    });
    const undecided = report.results.filter(({ verdict }) => verdict === 'inconclusive');
    expect(
      undecided.filter(({ control }) => !control.attestable).map(({ control, reason }) => [control.id, reason])
    ).to.deep.equal([]);
    expect(report.results.find(({ control }) => control.id === 'org/auditor-can-see')?.verdict).to.equal('pass');
    org.assertReadOnly();
  });

  it('does not let its holder change or read the data of the org', () => {
    expect(granted).not.to.include.members(['ModifyAllData']).and.not.to.include.members(['ViewAllData']);
    expect(granted).to.include('ApiEnabled');
  });

  it('is named in its package.xml', () => {
    const manifest = readFileSync(new URL('../../permission-set/package.xml', import.meta.url), 'utf8');
    expect(manifest).to.contain('<members>Security_Review_Auditor</members>');
  });
});

import { expect } from 'chai';
import { SCENARIOS } from '../../simulator/index.js';
import { catalogue } from '../../src/catalogue.js';
import { review } from '../../src/engine/review.js';
import type { TargetReport } from '../../src/engine/types.js';
import { orgDomain } from '../../src/org/index.js';
import { readPolicy } from '../../src/policy/index.js';
import { secretsIn } from '../../src/submission/index.js';
import { open, stopAll } from './support.js';

const reading = { 'org/own-apps-require-pkce': { params: { readGlobalOauthSettings: true } } };

/** The report of a scenario under the policy that the hardened org lives by. */
const reportOf = async (name: keyof typeof SCENARIOS): Promise<TargetReport> => {
  const { org, reader } = await open(SCENARIOS[name]());
  const { policy } = await readPolicy({
    file: 'examples/orgs/security-review.yml',
    from: '.',
    catalogue,
    today: new Date('2026-11-20'),
  });
  const report = await review(orgDomain, reader, {
    // The broken org shows consumer secrets, so its settings can be read.
    policy: { ...policy, controls: { ...policy.controls, ...(name === 'broken' ? reading : {}) } },
    target: { kind: 'org', name },
    asOf: new Date(org.scenario.now),
    audited: [{ orgId: reader.orgId, ...(reader.namespace === undefined ? {} : { namespace: reader.namespace }) }],
  });
  org.assertReadOnly();
  return report;
};
const subjectsOf = ({ results }: TargetReport, id: string): string[] =>
  results
    .filter(({ control }) => control.id === id)
    .flatMap(({ findings }) => findings.map(({ subject }) => `${subject.type}:${subject.name}`));

describe('the named orgs under the controls', () => {
  after(stopAll);

  it("trap: hardened passes its gate, with Salesforce's own users and the policies of deleted profiles in it", async () => {
    const report = await reportOf('hardened');
    const others = report.results.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'attested');
    expect(others.map(({ control, reason }) => `${control.id}: ${reason}`)).to.deep.equal([]);
    const findings = report.results.flatMap((result) => result.findings);
    const isOwn = /@00ds|@chatter\.|^StandardAul$|^Force\.com/;
    const own = findings.filter(({ subject }) => isOwn.test(subject.name));
    const ordinary = findings.filter(({ subject }) => !isOwn.test(subject.name));
    expect(ordinary.map(({ subject }) => subject.name)).to.deep.equal([
      'Example Connector',
      'AI Platform Auth',
      'Salesforce CLI',
      'Company_Intranet',
    ]);
    expect(own).to.have.length.above(5);
    expect(own.map(({ kind }) => kind)).to.deep.equal(own.map(() => 'latent'));
    expect(report.notices.join(' ')).to.contain('Active users: 4 internal, 0 external, 5 created by Salesforce');
    expect(report.gate).to.equal('passed');
  });

  const broken: Readonly<Record<string, readonly string[]>> = {
    'org/app-removals-reviewed': ['AuditTrail:Deleted connected app Old Sync'],
    'org/app-secrets-hidden-from-apis': [
      'Setting:ExternalClientApp.enableConsumerSecretApiAccess',
      'Setting:ExternalClientApp.enableClientSecretInRestApiAccess',
    ],
    'org/apps-enforce-ip-ranges': ['ConnectedApp:Legacy Sync', 'ExternalClientApp:Open_Door'],
    'org/certificates-rotated': ['Certificate:Jwt_Expired', 'Certificate:Sso_Old'],
    'org/connected-apps-trusted': ['ConnectedApp:Handy Data Loader'],
    'org/contact-current': ['Setting:Organization.PrimaryContact', 'Setting:Organization.Phone'],
    'org/external-client-apps-trusted': ['ExternalClientApp:Data_Exporter_Sync'],
    'org/linked-orgs-audited': ['Org:examplepay'],
    'org/logins-within-ranges': [
      'User:mallory.admin@broken.example',
      'User:erp.integration@broken.example',
      'User:paul.partner@broken.example',
    ],
    // The last two are informational: an External Client App by its label, and a user of Salesforce's own.
    'org/oauth-tokens-trusted': ['OauthToken:Phantom Exporter', 'OauthToken:Open Door', 'OauthToken:AI Platform Auth'],
    'org/own-apps-allowlist-token-ips': ['ConnectedApp:Legacy Sync', 'ExternalClientApp:Open_Door'],
    // The other ones are older than the guidance, and latent.
    'org/own-apps-are-external-client-apps': [
      'ConnectedApp:Quick Export',
      'ConnectedApp:Legacy Sync',
      'ConnectedApp:Company_Wiki',
    ],
    'org/own-apps-broad-scopes-justified': [
      'ConnectedApp:Legacy Sync',
      'ExternalClientApp:Open_Door',
      'ExternalClientApp:Open_Door',
    ],
    'org/own-apps-callbacks-separate': Array.from({ length: 3 }, () => 'ConnectedApp:Legacy Sync'),
    'org/own-apps-limit-idle-tokens': ['ConnectedApp:Legacy Sync', 'ExternalClientApp:Open_Door'],
    'org/own-apps-require-pkce': ['ConnectedApp:Legacy Sync', 'ExternalClientApp:Open_Door'],
    'org/own-apps-rotate-refresh-tokens': ['ConnectedApp:Legacy Sync', 'ExternalClientApp:Open_Door'],
    'org/own-apps-without-device-flow': ['ConnectedApp:Legacy Sync', 'ExternalClientApp:Open_Door'],
    // And the only user with Use Any API Auth.
    'org/soap-login-unused': ['User:erp.integration@broken.example', 'User:erp.integration@broken.example'],
    'org/uninstalled-apps-not-approved': ['User:mallory.admin@broken.example', 'User:auditor@broken.example'],
    'org/user-agent-flow-blocked': ['Setting:OauthOidc.blockOAuthUsrAgtFlow', 'ConnectedApp:Handy Data Loader'],
    'org/username-password-flow-blocked': ['Setting:OauthOidc.blockOAuthUnPwFlow', 'ConnectedApp:Legacy Sync'],
  };

  for (const name of Object.keys(SCENARIOS) as Array<keyof typeof SCENARIOS>) {
    it(`${name} says nothing that a draft of a submission would take for a secret`, async () => {
      const { results, notices } = await reportOf(name);
      const said = results.map(({ reason, findings }) => ({
        reason,
        subjects: findings.map(({ subject }) => subject.name),
      }));
      expect(await secretsIn({ said, notices }, '')).to.deep.equal([]);
    });
  }

  it('broken names each user and app', async () => {
    const report = await reportOf('broken');
    for (const [id, subjects] of Object.entries(broken)) {
      expect(subjectsOf(report, id), id).to.deep.equal(subjects);
    }
    const undecided = report.results.filter(({ verdict }) => verdict === 'inconclusive');
    expect(undecided.map(({ control }) => control.id)).to.include.members([
      'org/app-secrets-rotated',
      'org/own-apps-packaged',
    ]);
    expect(report.gate).to.equal('failed');
  });

  it('blind passes nothing', async () => {
    const report = await reportOf('blind');
    expect(report.results.map(({ verdict }) => verdict)).not.to.include('pass');
  });

  it('old leaves undecided what its API version does not show', async () => {
    const report = await reportOf('old');
    const undecided = report.results.filter(({ verdict }) => verdict === 'inconclusive');
    expect(undecided.map(({ control }) => control.id)).to.include.members([
      'org/contact-current',
      'org/external-client-apps-trusted',
      'org/oauth-tokens-trusted',
      'org/own-apps-require-pkce',
      'org/own-apps-without-device-flow',
      'org/user-agent-flow-blocked',
      'org/username-password-flow-blocked',
    ]);
  });
});

import { expect } from 'chai';
import { answersFor, entryFor } from '../../src/engine/policyEntries.js';
import type { Finding, Result, Subject } from '../../src/engine/types.js';

const author = { owner: 'security', reason: 'known', on: '2026-11-29' };
const target = { kind: 'org', name: 'hub', orgId: '00D000000000001AAA' } as const;
const finding = (subject: Subject, kind: Finding['kind'] = 'violation'): Finding =>
  ({ kind, subject, message: 'Wrong.', fingerprint: 'f'.repeat(32) }) as Finding;
const resultOf = (id: string, verdict: Result['verdict'], attestable = false): Result =>
  ({ control: { id, attestable }, verdict, findings: [], gaps: [], reason: '' }) as unknown as Result;

const packages = finding({ type: 'Package', name: 'Data Exporter', id: '033Hs0000000Q15' });
const app = finding({ type: 'ConnectedApp', name: 'Loader', id: '0H4Hs0000000Q0x' });
const token = finding({ type: 'OauthToken', name: 'Phantom' });
const user = finding({ type: 'User', name: 'ada@acme.example' });
const scope = finding({ type: 'ConnectedApp', name: 'Sync' }, 'justification');

describe('the policy entry that answers a finding', () => {
  it('offers trust only for what the policy can trust, and a justification only where the guidance allows one', () => {
    expect(answersFor(resultOf('org/packages-trusted', 'fail'), packages)).to.deep.equal(['trust', 'waive']);
    expect(answersFor(resultOf('org/mfa-enforced', 'fail'), user)).to.deep.equal(['waive']);
    expect(answersFor(resultOf('org/own-apps-require-pkce', 'fail'), app)).to.deep.equal(['waive']);
    expect(answersFor(resultOf('org/own-apps-broad-scopes-justified', 'fail'), scope)).to.deep.equal([
      'justify',
      'waive',
    ]);
    expect(answersFor(resultOf('org/contact-current', 'inconclusive', true))).to.deep.equal(['attest']);
    expect(answersFor(resultOf('org/no-guest-sites', 'inconclusive'))).to.deep.equal([]);
  });

  it('names a package by its id, an app and a token by the org', () => {
    const trust = (id: string, one: Finding): unknown =>
      entryFor('trust', { target, result: resultOf(id, 'fail'), finding: one }, author);
    const dated = { owner: 'security', reason: 'known', reviewBy: '2027-11-29' };
    expect(trust('org/packages-trusted', packages)).to.deep.equal({
      section: ['trust', 'packages'],
      entry: { id: '033Hs0000000Q15', ...dated },
    });
    expect(trust('org/connected-apps-trusted', app)).to.deep.equal({
      section: ['trust', 'apps'],
      entry: { org: target.orgId, id: '0H4Hs0000000Q0x', ...dated },
    });
    const external = finding({
      type: 'ExternalClientApp',
      name: 'Sync',
      id: '0xIHs0000000Q0w',
      externalApp: '00D000000000002AAA:Sync',
    });
    expect(trust('org/external-client-apps-trusted', external)).to.deep.equal({
      section: ['trust', 'apps'],
      entry: { externalApp: '00D000000000002AAA:Sync', ...dated },
    });
    expect(trust('org/oauth-tokens-trusted', token)).to.deep.equal({
      section: ['trust', 'tokens'],
      entry: { org: target.orgId, appName: 'Phantom', ...dated },
    });
  });

  it('has a waiver end after 90 days unless its author names a day', () => {
    const about = { target, result: resultOf('org/mfa-enforced', 'fail'), finding: user };
    expect(entryFor('waive', about, author)?.entry.expires).to.equal('2027-02-27');
    expect(entryFor('waive', about, { ...author, until: '2026-12-31' })?.entry.expires).to.equal('2026-12-31');
  });

  it('answers nothing that is waived, justified or a note already', () => {
    const noted = finding({ type: 'User', name: 'idle' }, 'latent');
    expect(answersFor(resultOf('org/mfa-enforced', 'fail'), noted)).to.deep.equal([]);
  });
});

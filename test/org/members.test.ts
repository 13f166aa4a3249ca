import { expect } from 'chai';
import { evaluateTarget } from '../../src/cli/evaluateTargets.js';
import type { Finding } from '../../src/engine/types.js';
import type { OauthLogin } from '../../src/org/facts.js';
import { orgDomain } from '../../src/org/index.js';
import { flowFindings } from '../../src/org/findings/oauthFlows.js';
import { MEMBERS } from '../support/controlTester.js';
import { collectedFrom, policyOf } from '../evidence/support.js';
import { stopAll } from './support.js';

describe('findings about several members, and about members that may be replaced', () => {
  let findings: Array<Finding & { control: string }>;
  before(async () => {
    const { collected } = await collectedFrom('broken');
    const policy = policyOf('controls: { org/own-apps-require-pkce: { params: { readGlobalOauthSettings: true } } }');
    const [target] = evaluateTarget(orgDomain, [collected], { policy, notices: [] }, undefined);
    findings = (target?.results ?? []).flatMap(({ control, findings: found }) =>
      found.filter(({ kind }) => kind !== 'latent').map((finding) => ({ ...finding, control: control.id }))
    );
  });
  after(stopAll);

  it('have a count wherever the message counts users, tokens or profiles', () => {
    const counted = findings.filter(({ message }) => MEMBERS.test(message));
    expect(new Set(counted.map(({ control }) => control))).to.include.keys(
      'org/login-ip-ranges-set',
      'org/oauth-tokens-trusted'
    );
    for (const finding of counted) expect(finding, finding.message).to.have.property('count').that.is.above(0);
  });

  it('have the day since which a user or an app of the org exists', () => {
    const replaceable = findings.filter(
      ({ control, subject: { type } }) => type === 'User' || control.startsWith('org/own-apps-')
    );
    expect(replaceable).to.have.length.above(20);
    for (const finding of replaceable) {
      expect(finding, `${finding.control} ${finding.message}`)
        .to.have.property('since')
        .that.matches(/^\d{4}-\d\d-\d\d$/);
    }
  });

  it('count the users of a blocked flow', () => {
    const login: OauthLogin = {
      flow: 'OAuthUserAgent',
      app: 'Loader',
      succeeded: true,
      logins: 9,
      last: '2026-11-20T10:00:00.000Z',
      users: ['ada@acme.example', 'bob@acme.example'],
      userCount: 51,
    };
    const flow = { label: 'flow', key: 'block', blocked: true, subtypes: ['OAuthUserAgent'] };
    expect(flowFindings(flow, [login])[1]).to.include({ kind: 'violation', count: 51 });
    expect(flowFindings(flow, [{ ...login, users: undefined, userCount: undefined }])[1]).not.to.have.property('count');
  });
});

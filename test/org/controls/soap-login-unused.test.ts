import { expect } from 'chai';
import { soapLoginUnused } from '../../../src/org/controls/soap-login-unused.js';
import type { OrgFacts, SoapLogin } from '../../../src/org/facts.js';
import { testControl } from '../../support/controlTester.js';
import { nothingAnswered } from '../../support/submission.js';
import { grant, grants, organization, trusting, user } from './samples.js';

const login = (name: string, rest: Partial<SoapLogin> = {}): SoapLogin => ({
  user: user(name),
  app: 'ERP',
  status: 'Success',
  subType: 'SoapApiLogin',
  logins: 3,
  last: '2026-11-20T08:00:00.000Z',
  ...rest,
});
type Facts = Pick<OrgFacts, 'soapLogins' | 'anyApiAuth' | 'organization'>;
const facts = (...soapLogins: readonly SoapLogin[]): Facts => ({
  soapLogins,
  anyApiAuth: grants(),
  organization: { ...organization, release: "Winter '27" },
});
const names = ['User:erp@acme.example'];

testControl(soapLoginUnused, {
  pass: [
    { name: 'no user called login()', facts: facts(), latent: [] },
    {
      name: 'a try that failed is informational',
      facts: facts(login('erp', { status: 'invalid password' })),
      latent: names,
    },
    {
      name: 'who can call login() is named',
      facts: { ...facts(), anyApiAuth: grants([grant('erp'), grant('eve', { assignmentIsActive: false })]) },
      latent: names,
    },
    {
      trap: true,
      name: 'below API 67 there is no column for Use Any API Auth, and no user to name',
      facts: { ...facts(), anyApiAuth: grants([], { provisioned: false }) },
      latent: [],
    },
    {
      name: 'a failed login without a sub type',
      facts: facts(login('erp', { subType: undefined, status: 'Invalid Password' })),
    },
  ],
  fail: [
    {
      name: 'one user with two applications',
      facts: facts(login('erp'), login('erp', { app: 'Loader', status: 'SUCCESS' })),
      names: [...names, ...names],
      says: [
        /^erp@acme\.example logs in with a password through SOAP login\(\): 3 logins in 90 days through ERP, last on 20 Nov 2026/,
      ],
    },
    { name: 'through a portal', facts: facts(login('erp', { subType: 'SoapApiLoginPortal' })), names },
  ],
  inconclusive: [
    {
      trap: true,
      name: 'a result in another language exonerates no login',
      facts: facts(login('erp', { status: 'Erfolg' })),
    },
    { trap: true, name: 'a SOAP login without a sub type', facts: facts(login('erp', { subType: undefined })) },
    {
      name: 'logins after the evidence was collected',
      facts: facts(),
      collected: new Date('2026-11-01T00:00:00.000Z'),
    },
  ],
});

describe('org/soap-login-unused and the end of login()', () => {
  it('trap: a justification proves nothing where the release of the org is not known', () => {
    const declared = { ...trusting({}), integrations: [], submission: nothingAnswered, audited: [] };
    const context = { params: undefined, asOf: new Date('2028-01-01T00:00:00.000Z'), declared };
    for (const release of [undefined, "Verano '28"]) {
      const seen = { ...facts(login('erp')), organization: { ...organization, ...(release ? { release } : {}) } };
      const judgement = soapLoginUnused.judge(seen, context);
      expect(judgement.verdict === 'fail' && judgement.unseen?.map(({ kind }) => kind)).to.deep.equal(['unreadable']);
    }
  });

  const kindIn = (release: string | undefined): unknown => {
    const declared = { ...trusting({}), integrations: [], submission: nothingAnswered, audited: [] };
    const seen = {
      ...facts(login('erp')),
      organization: { ...organization, ...(release === undefined ? {} : { release }) },
    };
    const asOf = new Date('2028-01-01T00:00:00.000Z');
    const judgement = soapLoginUnused.judge(seen, { params: undefined, asOf, declared });
    return judgement.verdict === 'fail' && judgement.findings[0].kind;
  };

  it("trap: the release of the org decides, because Salesforce names Summer '27 and no day", () => {
    expect(["Spring '27", "Summer '27", "Winter '28", undefined].map(kindIn)).to.deep.equal([
      'justification',
      'violation',
      'violation',
      'justification',
    ]);
  });
});

import { reportOf, summaryOf } from '../../src/engine/report.js';
import type {
  ControlInfo,
  Finding,
  Gate,
  RemovedFinding,
  Report,
  Result,
  Severity,
  Subject,
  Target,
  TargetReport,
} from '../../src/engine/types.js';
import { hostile } from './hostileNames.js';

const control = (id: string, severity: Severity, title: string, attestable = false): ControlInfo => ({
  id,
  title,
  severity,
  requirement: 'The line of the guidance.',
  rationale: 'Why it matters.',
  remediation: 'Setup > Identity Verification: turn it on.',
  references: ['https://help.salesforce.com/s/articleView?id=005318040'],
  attestable,
});

const entry = { owner: 'ciso', expires: '2027-10-01' };
const finding = (name: string, more: Partial<Finding> = {}): Finding =>
  ({
    kind: 'violation',
    subject: { type: 'User', name },
    message: `${name} may log in without a second factor.`,
    fingerprint: 'f'.repeat(32),
    ...more,
  }) as Finding;

const mfa: Result = {
  control: {
    ...control('org/mfa-enforced', 'critical', 'Every user needs a second factor'),
    topic: 'MFA',
    problem: { one: 'user can log in without MFA', many: 'users can log in without MFA' },
    area: 'Users and login',
    setup: '/lightning/setup/IdentityVerification/home',
  },
  verdict: 'fail',
  reason: 'ada@acme.example may log in without a second factor. And 4 more findings.',
  findings: [
    finding('idle@acme.example', { kind: 'latent', message: 'An inactive user holds the waiver permission.' }),
    finding('ada@acme.example', { drift: 'new' }),
    finding('ops@acme.example', {
      waiver: { control: 'org/mfa-enforced', subject: 'User:ops@*', reason: 'Leaves in May', ...entry },
    }),
    ...Object.values(hostile).map((name) => finding(name)),
  ],
  gaps: [
    {
      fact: 'users',
      kind: 'limit',
      detail: 'One profile has no readable metadata.',
      subject: { type: 'Profile', name: 'Custom' },
    },
  ],
};

const sites: Result = {
  control: control('org/no-guest-sites', 'critical', 'No site lets guests in'),
  verdict: 'inconclusive',
  reason: 'Salesforce refused to list the sites.',
  findings: [],
  gaps: [
    {
      fact: 'sites',
      kind: 'no-access',
      detail: 'Salesforce refused to list the sites.',
      grants: ['ViewSetup', 'ApiEnabled'],
    },
  ],
};

const contact: Result = {
  control: control('org/contact-current', 'high', 'The contact of the org is current', true),
  verdict: 'attested',
  reason: 'ciso attested until 2027-05-01: Security Contact tested',
  findings: [],
  gaps: [{ fact: 'organization', kind: 'not-supported', detail: 'Salesforce has no API for the Security Contact.' }],
  attestation: {
    control: 'org/contact-current',
    org: 'acme-hub',
    owner: 'ciso',
    on: '2026-11-01',
    expires: '2027-05-01',
    reason: 'Security Contact tested',
  },
};

const passwords: Result = {
  control: control('org/passwords-rotated', 'high', 'Every password was changed within a year'),
  verdict: 'pass',
  reason: 'All 12 users changed their password within 365 days.',
  findings: [finding('gone@acme.example', { kind: 'latent', message: 'An inactive user has an old password.' })],
  gaps: [],
};

const deviceFlow: Result = {
  control: control('package/no-device-flow', 'high', 'No app starts the device flow'),
  verdict: 'not-applicable',
  reason: 'The package has no app and no integration.',
  findings: [],
  gaps: [],
};

const scopes: Result = {
  control: control('package/broad-scopes-justified', 'high', 'Broad scopes are justified'),
  verdict: 'fail',
  reason: 'AcmePay asks for the scope full. And 1 more finding.',
  findings: [
    finding('AcmePay', {
      kind: 'justification',
      subject: {
        type: 'ConnectedApp',
        name: 'AcmePay',
        file: 'force-app/main/AcmePay.connectedApp-meta.xml',
        line: 12,
      },
      message: 'AcmePay asks for the scope full.',
      at: 'full',
    }),
    finding('AcmeWeb', {
      kind: 'justification',
      subject: { type: 'ConnectedApp', name: 'AcmeWeb', file: 'force-app/main/AcmeWeb.connectedApp-meta.xml' },
      message: 'AcmeWeb asks for the scope web.',
      at: 'web',
      justification: {
        control: 'package/broad-scopes-justified',
        subject: 'ConnectedApp:AcmeWeb',
        why: 'It opens a Salesforce page',
        supplementedBy: 'SAML',
        ...entry,
      },
    }),
  ],
  gaps: [],
};

const secrets: Result = {
  control: control('package/no-secrets-in-source', 'critical', 'No secret stands in the source'),
  verdict: 'fail',
  reason: 'A private key stands in keys/server.key.',
  findings: [
    finding('keys/server.key', {
      subject: { type: 'File', name: 'keys/server.key', file: 'keys/server.key', line: 1 },
      message: 'A private key stands in keys/server.key.',
    }),
  ],
  gaps: [],
};

const gone = (id: string, severity: Severity, subject: Subject): RemovedFinding => ({
  control: id,
  severity,
  kind: 'violation',
  subject,
  message: `${subject.type} ${subject.name} offended.`,
  fingerprint: 'e'.repeat(32),
});

const target = (
  about: Target,
  gate: Gate,
  results: readonly Result[],
  more: Partial<TargetReport> = {}
): TargetReport => ({
  target: about,
  asOf: '2026-11-23T10:00:00.000Z',
  gate,
  summary: summaryOf(results),
  results,
  off: [],
  notices: [],
  ...more,
});

const hub = target(
  {
    kind: 'org',
    name: 'acme-hub',
    username: 'ada@acme.example',
    orgId: '00D000000000001AAA',
    organization: 'Acme Software',
    instanceUrl: 'https://acme.my.salesforce.com',
    roles: ['dev-hub'],
  },
  'failed',
  [passwords, contact, sites, mfa],
  {
    off: ['org/own-apps-packaged'],
    notices: [
      'The org is a dev-hub: it has 3 package versions.',
      'Waiver org/mfa-enforced User:ops@* may cover more than one subject.',
    ],
    drift: {
      since: '2026-11-22T10:00:00.000Z',
      fixed: [gone('org/passwords-rotated', 'high', { type: 'User', name: 'lee@acme.example' })],
      accepted: [gone('org/connected-apps-trusted', 'critical', { type: 'ConnectedApp', name: 'Acme Loader' })],
      notSeen: [gone('org/no-guest-sites', 'critical', { type: 'Site', name: `Promo ${hostile.html}` })],
    },
  }
);
const closed = target({ kind: 'org', name: 'acmepay-ns', username: 'ns@acme.example' }, 'undecided', [], {
  error: {
    name: 'ExpiredSession',
    message: 'The session of acmepay-ns has expired.',
    actions: ['Log in again: sf org login web --alias acmepay-ns.'],
  },
});
const pack = target({ kind: 'package', name: 'Acme Pay', path: 'force-app' }, 'failed', [deviceFlow, scopes, secrets]);

const tool = { name: 'sf-plugin-security-review', version: '0.1.0' };
const scope: Report['scope'] = {
  controls: 'all',
  policy: { file: 'security-review.yml', sha256: 'a'.repeat(64) },
  failOn: 'medium',
  inconclusive: 'block',
};

/** Two orgs, one of which could not be opened, and a package; every verdict, kind of finding and decision. */
export const sampleReport: Report = reportOf(tool, scope, [hub, closed, pack]);

/** One target, over chosen controls, where nothing offends. */
export const passedReport: Report = reportOf(
  tool,
  { controls: ['org/passwords-rotated', 'package/no-device-flow'], failOn: 'critical', inconclusive: 'allow' },
  [target({ kind: 'org', name: 'acme-hub' }, 'passed', [passwords, deviceFlow])]
);

/** One control with so many findings. */
export const reportWith = (findings: number): Report =>
  reportOf(tool, scope, [
    target({ kind: 'org', name: 'acme-hub' }, 'failed', [
      {
        ...mfa,
        findings: Array.from({ length: findings }, (_, index) => finding(`user${index}@acme.example`)),
        gaps: [],
      },
    ]),
  ]);

/** One control with more findings than a format for people shows. */
export const crowdedReport: Report = reportWith(250);

/** The report of a run over one target. */
export const reportOfTarget = (report: TargetReport): Report => ({
  schemaVersion: 1,
  tool: { name: 'sf-plugin-security-review', version: '0.0.0' },
  asOf: report.asOf,
  scope: { controls: 'all', failOn: 'medium', inconclusive: 'block' },
  gate: report.gate,
  summary: report.summary,
  targets: [report],
});

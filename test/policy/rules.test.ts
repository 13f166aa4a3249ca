import { orgId, testErrors, trusted, version, waived, type Case } from './errorTester.js';

const attested = 'org: hub, owner: ciso, reason: asked, on: 2026-11-01';
const scopes = 'control: package/broad-scopes-justified, owner: ciso, expires: 2027-10-01';

const rules: readonly Case[] = [
  [
    'secrets outside of Salesforce, and none',
    `${version}submission:\n  backend:\n    storage: a vault\n    none: we keep none\n`,
    'line 5: submission.backend.none: Say none, or storage, not both.',
  ],
  [
    'two answers about one app',
    `${version}submission:\n  apps:\n    - app: Acme\n    - app: acme\n`,
    'line 5: submission.apps[1].app: Write one entry for each app. It is the same as in entry 1 of this list.',
  ],
  [
    'an answer under a name that is not known',
    `${version}submission:\n  incident:\n    plans: Report it.\n`,
    'line 4: submission.incident.plans: This key is not known. Did you mean plan?',
  ],
  [
    'a package without a name',
    `${version}trust: { packages: [{ ${trusted} }] }\n`,
    'line 2: trust.packages[0]: Name the package by id, by namespace, or by both.',
  ],
  ...['', `org: hub, `, `id: 0H4000000000001, `, `org: hub, externalApp: "${orgId}:App", `].map((named): Case => [
    `an app named by "${named}"`,
    `${version}trust: { apps: [{ ${named}${trusted} }] }\n`,
    'line 2: trust.apps[0]: Name the app by externalApp alone, or by org and id.',
  ]),
  [
    'tokens without an org',
    `${version}trust: { tokens: [{ appName: A, ${trusted} }] }\n`,
    'line 2: trust.tokens[0].org: This is required.',
  ],
  [
    'an alias twice',
    `${version}orgs:\n  - { alias: hub, id: 00D000000000001 }\n  - { alias: Hub, id: 00D000000000002 }\n`,
    'line 4: orgs[1].alias: Give every org its own alias. It is the same as in entry 1 of this list.',
  ],
  [
    'a control that cannot be attested',
    `${version}attestations: [{ control: org/mfa-enforced, ${attested}, expires: 2027-01-01 }]\n`,
    'line 2: attestations[0].control: org/mfa-enforced cannot be attested: the tool can read the answer.',
  ],
  [
    'a package control that is attested without a subject',
    `${version}attestations: [{ control: package/broad-scopes-justified, ${attested}, expires: 2027-01-01 }]\n`,
    'line 2: attestations[0].control: package/broad-scopes-justified cannot be attested: the tool can read the answer. Only a place that it did not understand can be, by subject.',
  ],
  [
    'an attestation about no org',
    `${version}attestations: [{ control: org/contact-current, owner: ops, reason: known, on: 2026-01-01, expires: 2026-02-01 }]\n`,
    'line 2: attestations[0].org: This is required: an attestation about an org names the org.',
  ],
  [
    'a list of controls without an app',
    `${version}attestations: [{ control: [org/contact-current], ${attested}, expires: 2027-01-01 }]\n`,
    'line 2: attestations[0].subject: This is required: a list of controls is about one app, such as ExternalClientApp:Acme.',
  ],
  [
    'an unknown control in a list',
    `${version}attestations: [{ control: [org/contact-curent], subject: "ExternalClientApp:A", ${attested}, expires: 2027-01-01 }]\n`,
    'line 2: attestations[0].control[0]: "org/contact-curent" is not known. Did you mean org/contact-current?',
  ],
  [
    'an empty list of controls',
    `${version}attestations: [{ control: [], subject: "ExternalClientApp:A", ${attested}, expires: 2027-01-01 }]\n`,
    'line 2: attestations[0].control: [] is too small. Write 1 or more.',
  ],
  [
    'an attestation without its day',
    `${version}attestations: [{ control: org/contact-current, org: hub, owner: ops, reason: known, expires: 2026-02-01 }]\n`,
    'line 2: attestations[0].on: This is required.',
  ],
  [
    'an attestation from a leap day for more than a year, with a real day as advice',
    `${version}attestations: [{ control: org/contact-current, org: hub, owner: ciso, reason: asked, on: 2028-02-29, expires: 2029-03-01 }]\n`,
    'line 2: attestations[0].expires: An attestation lasts at most a year: write 2029-02-28 or earlier.',
  ],
  [
    'an attestation for more than a year',
    `${version}attestations: [{ control: org/contact-current, ${attested}, expires: 2027-11-02 }]\n`,
    'line 2: attestations[0].expires: An attestation lasts at most a year: write 2027-11-01 or earlier.',
  ],
  [
    'an attestation that ends before it begins',
    `${version}attestations: [{ control: org/contact-current, ${attested}, expires: 2026-10-31 }]\n`,
    'line 2: attestations[0].expires: It expires before 2026-11-01, where it begins.',
  ],
  [
    'a waiver that ends before it begins',
    `${version}waivers: [{ control: org/mfa-enforced, subject: "User:a", on: 2027-01-01, ${waived} }]\n`,
    'line 2: waivers[0].expires: It expires before 2027-01-01, where it begins.',
  ],
  [
    'a broad scope that nothing supplements',
    `${version}justifications: [{ ${scopes}, subject: "ConnectedApp:A", why: needed }]\n`,
    'line 2: justifications[0].supplementedBy: This is required: say what supplements the broad scope.',
  ],
  [
    'a justification that does not say why',
    `${version}justifications: [{ ${scopes}, subject: "ConnectedApp:A", supplementedBy: SAML }]\n`,
    'line 2: justifications[0].why: This is required.',
  ],
  [
    'two justifications with one text',
    `${version}justifications:\n` +
      `  - { ${scopes}, subject: "ConnectedApp:A", why: The app needs it., supplementedBy: SAML }\n` +
      `  - { ${scopes}, subject: "ConnectedApp:B", why: "The app  needs it. ", supplementedBy: OpenID }\n`,
    'line 4: justifications[1].why: Every justification gives its own reason. It is the same as in entry 1 of this list.',
  ],
];

describe('a rule over several fields of the policy', () => testErrors(rules));

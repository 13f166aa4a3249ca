import * as z from 'zod';
import { always, backendRules, noTwins } from './rules.js';
import { day, key, nonEmptyText } from './values.js';

const exampleDay = '2026-11-23';
const confirmed = key(day.optional(), 'When the answer was last reviewed, after its facts have changed.', exampleDay);
const owner = key(z.enum(['isv', 'subscriber']).optional(), 'Who owns it.', 'isv');
const component = 'ApexClass:Deployer';
const integration = key(nonEmptyText, 'The name of an entry of `integrations`.', 'Payment gateway');

/** An answer that may be missing: the control that needs it names it. */
function answer(description: string, example: string): z.ZodOptional<typeof nonEmptyText> {
  return key(nonEmptyText.optional(), description, example);
}

const app = z.strictObject({
  app: key(nonEmptyText, 'The developer name of an app of the package.', 'AcmePayGateway'),
  purpose: answer('What it is for.', 'Writes the state of a payment back to the opportunity.'),
  users: answer('Who uses it.', 'Sales users of the subscriber.'),
  data: answer('Which data it reads and writes.', 'Opportunity and Payment__c.'),
  scopes: answer('Why it needs the scope Full or Web.', 'The embedded page needs a session.'),
  controls: answer('What else protects it.', 'Admin-approved users only.'),
  confirmed,
});

const sessionId = z.strictObject({
  component: key(nonEmptyText, 'The component that reads the session ID.', component),
  use: answer('Why it needs the session ID, and where the ID goes.', 'Calls the Tooling API of the same org.'),
  confirmed,
});

const clientKey = z.strictObject({
  app: key(nonEmptyText, 'The developer name of the app.', 'AcmePayGateway'),
  key: answer('The consumer key (client ID), never the secret.', '3MVG9…'),
  callback: answer('A registered callback, for `--probe-authorize`.', 'https://gateway.acme.example/callback'),
  loginUrl: answer(
    'Its login host, for `--probe-authorize`. Without it: https://login.salesforce.com.',
    'https://test.salesforce.com'
  ),
  confirmed,
});

const rotation = z.strictObject({
  by: key(z.enum(['isv', 'subscriber']).optional(), 'Who replaces it.', 'isv'),
  everyDays: key(z.int().min(1).optional(), 'The number of days after which it is replaced.', 180),
  steps: answer('How it is replaced.', 'Create the new secret, deploy it, delete the old one.'),
  documentation: answer('Where a subscriber reads how to replace it.', 'https://docs.acme.example/rotate'),
});

const secret = z.strictObject({
  name: key(nonEmptyText, 'The name of the secret.', 'Client secret of the gateway'),
  store: answer('A store of the package.', 'CustomSetting:Gateway__c'),
  integration: answer('The integration that uses it.', 'Payment gateway'),
  owner,
  storedIn: answer('Where it is stored.', 'AWS Secrets Manager'),
  protection: answer('How it is protected there.', 'Encrypted with a KMS key.'),
  access: answer('Who and what can read it.', 'The gateway service.'),
  rotation: key(rotation.optional(), 'How it is replaced.'),
  confirmed,
});

const backend = z
  .strictObject({
    storage: answer('Where secrets are stored.', 'AWS Secrets Manager'),
    access: answer('Who and what can read them.', 'Two engineers and the service.'),
    encryption: answer('How they are encrypted.', 'AES-256 with a KMS key.'),
    rotation: answer('How they are replaced.', 'Every 180 days, by a job.'),
    monitoring: answer('How their use is monitored.', 'CloudTrail alerts.'),
    none: answer('Why no secret is kept outside of Salesforce; instead of the others.', 'There is no backend.'),
    confirmed,
  })
  .superRefine(backendRules, always);

const credential = z.strictObject({
  integration,
  kind: key(
    z.enum(['web-app', 'rest-api', 'mobile-app', 'browser-extension', 'desktop-app', 'salesforce-org']).optional(),
    'What the reviewers log in to.',
    'web-app'
  ),
  url: answer('Where the reviewers log in.', 'https://app.acme.example'),
  login: answer('The user name for the reviewers, never the password.', 'reviewer@acme.example'),
  handover: answer('How the reviewers get the password.', 'In the test credentials of the submission.'),
  testedOn: key(day.optional(), 'When the login was last tested.', exampleDay),
  confirmed,
});

const basePackage = z.strictObject({
  package: key(nonEmptyText, 'The alias in sfdx-project.json, or an ID (04t, 033).', 'Acme Base@2.1.0'),
  description: answer('What it is for.', 'Shared objects of our products.'),
  version: answer('Its version.', '2.1.0'),
  confirmed,
});

const subscriberApp = z.strictObject({
  integration,
  useCase: answer('Why its app is created in the subscriber org.', 'Each subscriber has its own secret.'),
  setup: answer('How the subscriber creates it.', 'Guide, chapter 3.'),
  confirmed,
});

const incident = z.strictObject({
  contact: answer('Who handles an incident.', 'psirt@acme.example'),
  plan: answer('What happens after an incident, in order.', 'Revoke tokens, rotate secrets, tell subscribers.'),
  rehearsedOn: key(day.optional(), 'When the plan was last rehearsed.', exampleDay),
  confirmed,
});

const falsePositive = z.strictObject({
  tool: key(nonEmptyText, 'The scanner.', 'Code Analyzer'),
  finding: key(nonEmptyText, 'Its finding.', 'ApexCRUDViolation in Gateway.cls:12'),
  reason: key(nonEmptyText, 'Why it is a false positive.', 'The query runs with user mode.'),
});

function list<T extends z.ZodType>(
  entry: T,
  name: string,
  description: string,
  what = name
): z.ZodDefault<z.ZodArray<T>> {
  const rule = noTwins(name, `Write one entry for each ${what}.`);
  return key(z.array(entry).superRefine(rule, always).default([]), description);
}

/** The answers for the submission. None is required here: the control that needs one names it. */
export const submission = z.strictObject({
  version: answer('The version that is submitted.', '1.0'),
  summary: answer('What the solution does, in some sentences.', 'Acme Pay takes payments for opportunities.'),
  contact: answer('The contact for the reviewers.', 'review@acme.example'),
  apps: list(app, 'app', 'Every app of the package.'),
  sessionIds: list(sessionId, 'component', 'Every component that reads a session ID.'),
  clientKeys: list(clientKey, 'app', 'Consumer keys of packaged External Client Apps.'),
  secrets: list(secret, 'name', 'Every secret, of a store of the package or of an integration.', 'secret'),
  backend: key(backend.optional(), 'How secrets are stored outside of Salesforce.'),
  credentials: list(credential, 'integration', 'How the reviewers log in.'),
  basePackages: list(basePackage, 'package', 'Packages that this one extends.'),
  subscriberApps: list(subscriberApp, 'integration', 'Apps that subscribers create.'),
  incident: key(incident.optional(), 'What happens after an incident.'),
  falsePositives: key(z.array(falsePositive).default([]), 'False positives of scanners.'),
});

import * as z from 'zod';
import { always, backendRules, noTwins } from './rules.js';
import { day, text } from './values.js';

const confirmed = day.optional().describe('When the answer was last reviewed, after its facts have changed.');
const owner = z.enum(['isv', 'subscriber']).optional();
const answer = text.optional();

const app = z.strictObject({
  app: text.describe('The developer name of an app of the package.'),
  purpose: answer.describe('What it is for.'),
  users: answer.describe('Who uses it.'),
  data: answer.describe('Which data it reads and writes.'),
  scopes: answer.describe('Why it needs the scope Full or Web.'),
  controls: answer.describe('What else protects it.'),
  confirmed,
});

const sessionId = z.strictObject({
  component: text.describe('The component that gets the session ID, such as ApexClass:Deployer.'),
  use: answer.describe('Why it needs the session ID, and where the ID goes.'),
  confirmed,
});

const clientKey = z.strictObject({
  app: text,
  key: answer.describe('The consumer key (client id), never the secret.'),
  callback: answer.describe('A registered callback, for --probe-authorize.'),
  loginUrl: answer.describe('Its login host, for --probe-authorize; https://login.salesforce.com by default.'),
  confirmed,
});

const secret = z.strictObject({
  name: text,
  store: answer.describe('A store of the package, such as CustomSetting:Gateway__c.'),
  integration: answer.describe('The name of the integration that uses it.'),
  owner,
  storedIn: answer,
  protection: answer.describe('How it is protected there.'),
  access: answer.describe('Who and what can read it.'),
  rotation: z
    .strictObject({
      by: owner,
      everyDays: z.int().min(1).optional(),
      steps: answer.describe('How it is replaced.'),
      documentation: answer.describe('Where a subscriber reads how to replace it.'),
    })
    .optional(),
  confirmed,
});

const backend = z
  .strictObject({
    storage: answer,
    access: answer,
    encryption: answer,
    rotation: answer,
    monitoring: answer,
    none: answer.describe('Why no secret is kept outside of Salesforce; instead of the others.'),
    confirmed,
  })
  .superRefine(backendRules, always);

const credential = z.strictObject({
  integration: text,
  kind: z.enum(['web-app', 'rest-api', 'mobile-app', 'browser-extension', 'desktop-app', 'salesforce-org']).optional(),
  url: answer.describe('Where the reviewers log in.'),
  login: answer.describe('Who logs in; never the password.'),
  handover: answer.describe('How the reviewers get the password.'),
  testedOn: day.optional(),
  confirmed,
});

const basePackage = z.strictObject({
  package: text.describe('The alias of sfdx-project.json, or an id (04t, 033).'),
  description: answer,
  version: answer,
  confirmed,
});

const subscriberApp = z.strictObject({
  integration: text,
  useCase: answer.describe('Why its app is created in the subscriber org.'),
  setup: answer.describe('How the subscriber creates it.'),
  confirmed,
});

const incident = z.strictObject({
  contact: answer,
  plan: answer.describe('What happens after an incident, in order.'),
  rehearsedOn: day.optional(),
  confirmed,
});

const list = <T extends z.ZodType>(entry: T, key: string, what: string): z.ZodDefault<z.ZodArray<T>> =>
  z
    .array(entry)
    .superRefine(noTwins(key, `Write one entry for each ${what}.`), always)
    .default([]);

/** The answers for the submission. None is required here: the control that misses one names it. */
export const submission = z.strictObject({
  version: answer.describe('The version that is submitted.'),
  summary: answer.describe('What the solution does, in some sentences.'),
  contact: answer.describe('Whom the reviewers ask.'),
  apps: list(app, 'app', 'app').describe('Every app of the package.'),
  sessionIds: list(sessionId, 'component', 'component').describe('Every component that gets a session ID.'),
  clientKeys: list(clientKey, 'app', 'app').describe('Consumer keys of packaged External Client Apps.'),
  secrets: list(secret, 'name', 'secret').describe('Every secret: of a store of the package, of an integration.'),
  backend: backend.optional().describe('How secrets are kept outside of Salesforce.'),
  credentials: list(credential, 'integration', 'integration').describe('How the reviewers log in.'),
  basePackages: list(basePackage, 'package', 'package').describe('Packages that this one extends.'),
  subscriberApps: list(subscriberApp, 'integration', 'integration').describe('Apps that subscribers create.'),
  incident: incident.optional().describe('What happens after an incident.'),
  falsePositives: z
    .array(z.strictObject({ tool: text, finding: text, reason: text }))
    .default([])
    .describe('False positives of scanners.'),
});

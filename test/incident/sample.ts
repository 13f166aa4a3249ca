import { complete, partial, unavailable } from '../../src/engine/evidence.js';
import type { Evidence, Gap } from '../../src/engine/types.js';
import type { Incident, IncidentOrg } from '../../src/incident/index.js';
import type { IncidentLogins, TokenHolder } from '../../src/org/incident/facts.js';

const ada = { id: '005000000000001AAA', username: 'ada@acme.example' };
const bob = { id: '005000000000002AAA', username: 'bob@acme.example' };
const window = { since: '2026-11-16T00:00:00.000Z', until: '2026-11-23T10:00:00.000Z' };

export const holder = (more: Partial<TokenHolder> = {}): TokenHolder => ({
  app: 'Acme Sync',
  item: { id: '0DS000000000001AAA', applicationId: '0H4000000000001AAA', name: 'Acme_Sync' },
  user: ada,
  tokens: 2,
  uses: 7,
  oldest: '2026-01-01T08:00:00.000Z',
  newest: '2026-11-20T08:00:00.000Z',
  lastUsed: '2026-11-22T08:00:00.000Z',
  ...more,
});

export const login = (more: Partial<IncidentLogins> = {}): IncidentLogins => ({
  user: bob,
  app: 'Acme Sync',
  type: 'Remote Access 2.0',
  flow: 'OauthUsernamePassword',
  address: '192.0.2.1',
  country: 'DE',
  status: 'Success',
  logins: 3,
  first: '2026-11-17T08:00:00.000Z',
  last: '2026-11-19T08:00:00.000Z',
  ...more,
});

type Facts = NonNullable<IncidentOrg['facts']>;

/** What a well-permitted user reads in an org with one Connected App, one External Client App and one stranger. */
export const facts = (more: Facts = {}): Facts => ({
  organization: complete({ id: '00D000000000001AAA', name: 'Acme', edition: 'Developer Edition', sandbox: false }),
  connectedApps: complete([
    {
      id: '0H4000000000001AAA',
      name: 'Acme Sync',
      created: '2024-01-01T00:00:00.000Z',
      own: true,
      selfAuthorized: true,
    },
    { id: '0H4000000000002AAA', name: 'Quiet', created: '2024-01-01T00:00:00.000Z', own: true, selfAuthorized: false },
  ]),
  externalClientApps: complete([
    { id: '0xI000000000001AAA', name: 'Acme_Portal', created: '2026-01-01T00:00:00.000Z', own: true },
  ]),
  liveTokens: complete({
    population: 4,
    holders: [
      holder(),
      holder({ app: 'Acme Portal', item: { id: '0DS2', applicationId: '0xI000000000001AAA' }, tokens: 1, user: bob }),
      { app: 'Stranger', user: bob, tokens: 1, uses: 0, newest: '2026-11-21T08:00:00.000Z' },
    ],
  }),
  logins: complete({
    ...window,
    groups: [login(), login({ app: 'Browser', type: 'Application', flow: undefined, user: ada })],
  }),
  setupTrail: complete({
    ...window,
    changes: [
      {
        id: '0Ym1',
        time: '2026-11-20T09:00:00.000Z',
        by: ada.username,
        action: 'insertConnectedApplication',
        section: 'Connected Apps',
        display: 'Installed connected app Stranger',
      },
    ],
  }),
  people: complete([
    {
      ...ada,
      profile: 'System Administrator',
      active: true,
      type: 'Standard',
      population: 'internal' as const,
      lastLogin: '2026-11-22T07:00:00.000Z',
    },
    { ...bob, profile: 'Staff', active: false, type: 'Standard', population: 'internal' as const },
  ]),
  loginStates: complete([
    { userId: ada.id, frozen: false, passwordLocked: false },
    { userId: bob.id, frozen: true, passwordLocked: true },
  ]),
  powers: complete([
    { userId: ada.id, permissions: ['ModifyAllData'] },
    { userId: bob.id, permissions: [] },
  ]),
  ...more,
});

export const org = (more: Partial<IncidentOrg> = {}): IncidentOrg => ({
  name: 'acme-hub',
  username: 'auditor@acme.example',
  orgId: '00D000000000001AAA',
  namespace: 'acme',
  facts: facts(),
  ...more,
});

export const incident = (more: Partial<Incident> = {}): Incident => ({
  tool: { name: 'sf-plugin-security-review', version: '0.1.0' },
  asOf: window.until,
  window: { ...window, open: true },
  orgs: [org()],
  ...more,
});

const noAccess = (permission: string): Gap => ({
  kind: 'no-access',
  detail: `The auditing user does not hold ${permission}.`,
  grants: [permission],
});

/** The same facts, none of which could be read. */
export const blindFacts = (): Facts =>
  Object.fromEntries(Object.keys(facts()).map((fact) => [fact, unavailable(noAccess('ViewSetup'))]));

/** The same facts, each a part. */
export const partialFacts = (): Facts =>
  Object.fromEntries(
    Object.entries(facts()).map(([fact, evidence]: [string, Evidence<unknown>]) => [
      fact,
      evidence.status === 'complete' ? partial(evidence.value, noAccess('ManageUsers')) : evidence,
    ])
  );

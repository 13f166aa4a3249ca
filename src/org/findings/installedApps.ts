import { isOrg } from '../../engine/applyPolicy.js';
import { decide, type SubjectOutcome } from '../../engine/control.js';
import type { Declared, Judgement, Subject, TrustedApp } from '../../engine/types.js';
import { isFirstParty } from '../../salesforce/firstPartyNamespaces.js';
import { sameId } from '../../common/ids.js';
import type { AppType } from '../../salesforce/oauth.js';
import { shortDay } from '../../common/dates.js';
import { defined } from '../../common/defined.js';
import type { InstalledConnectedApp, InstalledExternalClientApp } from '../facts.js';
import { trustOf, untrusted } from './trust.js';

/** What the controls about installed apps of either kind have in common. */
export const trustedAppSheet = {
  severity: 'critical',
  area: 'Installed apps and packages',
  requirement: 'These orgs must not have untrusted Connected Apps or ECAs installed.',
  fails: [
    'An app is not on the trust list, or its review is overdue.',
    'An app has a namespace of Salesforce, but Publisher shows that Salesforce does not publish that namespace.',
  ],
  inconclusive: ['An app is not on the trust list, and the org does not show whether it created the app.'],
  notes: ['The finding states which users can authorize the app; this does not change the verdict.'],
  attestable: false,
  compares: ['orgs', 'trust.apps'],
} as const;

/** What an app of the inventory is compared with. */
type Here = { orgId: string; declared: Declared; asOf: Date };

type App = InstalledConnectedApp | InstalledExternalClientApp;

/** Evaluates every installed app of one type. `words`: the type in a sentence. */
export const evaluateInstalledApps = (type: AppType, words: string, apps: readonly App[], here: Here): Judgement =>
  decide(
    apps.map((app) => installedApp(type, app, here)),
    apps.length === 0
      ? `The org has no ${words}.`
      : `Each of the ${words}s (${apps.length}) is created by this org, published by Salesforce or on the trust list.`
  );

/** Whether an app of the inventory is trusted, if neither this org nor Salesforce made it. */
const installedApp = (type: AppType, app: App, here: Here): SubjectOutcome => {
  const scopedName = scopedNameOf(app);
  const subject = defined<Subject>({ type, name: app.name, id: app.id, externalApp: scopedName });
  // The own-apps controls evaluate the apps of this org.
  const isOfSalesforce = isFirstParty(app.namespace);
  if (app.own === true || (isOfSalesforce && app.publishedBySalesforce !== false)) return undefined;
  const trust = trustOf(
    here.declared.trust.apps.filter((entry) => isAbout(entry, app, here)),
    here.asOf
  );
  if (trust.trusted) return undefined;
  if (app.own === undefined) {
    return { kind: 'unreadable', detail: 'Could not determine whether this org created the app.', subject };
  }
  const traits = [
    app.namespace === undefined ? 'no namespace' : `namespace ${app.namespace}`,
    ...(scopedName === undefined ? [] : [`external app ${scopedName}`]),
    `installed ${shortDay(app.created)}`,
    authorization(app.selfAuthorized),
  ];
  const why = isOfSalesforce ? 'has a namespace of Salesforce, but Salesforce does not publish it' : untrusted(trust);
  const message = `${app.name} ${why} (${traits.join(', ')}).`;
  return { kind: 'violation', subject, message, since: app.created.slice(0, 10) };
};

const scopedNameOf = (app: App): string | undefined => ('orgScopedName' in app ? app.orgScopedName : undefined);

/** An Id is valid in one org only; the scoped name of an app is the same in every org. */
const isAbout = ({ org, id, externalApp }: TrustedApp, app: App, { orgId, declared }: Here): boolean => {
  const scopedName = scopedNameOf(app);
  if (externalApp !== undefined) return scopedName !== undefined && sameScopedName(externalApp, scopedName);
  return org !== undefined && id !== undefined && isOrg(org, orgId, declared) && sameId(id, app.id);
};

/** `00D…:Name` with an Id of 15 or 18 characters. */
const sameScopedName = (one: string, other: string): boolean => {
  const [[org = '', name], [otherOrg = '', otherName]] = [one.split(':'), other.split(':')];
  return sameId(org, otherOrg) && name === otherName;
};

const authorization = (selfAuthorized: boolean | undefined): string => {
  if (selfAuthorized === undefined) return 'who can authorize it could not be read';
  return selfAuthorized ? 'any user can authorize it' : 'only users approved by an administrator can use it';
};

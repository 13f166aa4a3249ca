import type { SubjectOutcome } from '../../engine/control.js';
import type { Declared, Subject, TrustedApp } from '../../engine/types.js';
import { isFirstParty } from '../../salesforce/firstPartyNamespaces.js';
import { sameId } from '../../salesforce/ids.js';
import type { AppType } from '../../salesforce/oauth.js';
import { dayOf } from '../../common/dates.js';
import type { ConnectedApp, ExternalClientApp } from '../facts.js';
import { isOrg, trustOf, untrusted } from './trust.js';

/** What an app of the inventory is compared with. */
export type Here = { orgId: string; declared: Declared; asOf: Date };

type App = ConnectedApp | ExternalClientApp;

/** Whether an app of the inventory is trusted, if it is neither the org's own nor Salesforce's. */
export const installedApp = (type: AppType, app: App, here: Here): SubjectOutcome => {
  const subject: Subject = { type, name: app.name, id: app.id };
  // An app of this org is judged by the controls over own apps.
  const isOfSalesforce = isFirstParty(app.namespace);
  if (app.own === true || (isOfSalesforce && app.publishedBySalesforce !== false)) return undefined;
  const trust = trustOf(
    here.declared.trust.apps.filter((entry) => isAbout(entry, app, here)),
    here.asOf
  );
  if (trust.trusted) return undefined;
  if (app.own === undefined) {
    return { kind: 'unreadable', detail: 'Whether the app was created in this org could not be told.', subject };
  }
  const scopedName = scopedNameOf(app);
  const traits = [
    app.namespace === undefined ? 'without namespace' : `namespace ${app.namespace}`,
    ...(scopedName === undefined ? [] : [`external app ${scopedName}`]),
    `here since ${dayOf(app.created)}`,
    authorization(app.selfAuthorized),
  ];
  const why = isOfSalesforce ? 'Has a namespace of Salesforce, but Salesforce does not publish it' : untrusted(trust);
  return { kind: 'violation', subject, message: `${why}: ${traits.join(', ')}.` };
};

const scopedNameOf = (app: App): string | undefined => ('orgScopedName' in app ? app.orgScopedName : undefined);

/** An Id holds in one org: the same app has another one in the next. Its name across orgs is the same everywhere. */
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
  if (selfAuthorized === undefined) return 'who may authorize it could not be read';
  return selfAuthorized ? 'any user may authorize it' : 'only users whom an administrator approved may use it';
};

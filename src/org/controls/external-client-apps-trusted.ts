import { decide, type Look } from '../../engine/control.js';
import type { Declared, Subject, TrustedApp } from '../../engine/types.js';
import { isFirstParty } from '../../salesforce/firstPartyNamespaces.js';
import { sameId } from '../../salesforce/ids.js';
import { orgControl, type ExternalClientApp } from '../facts.js';
import { dayOf, isOrg, trustOf, untrusted } from '../trust.js';

type Here = { orgId: string; declared: Declared; asOf: Date };

/** `00D…:Name` with an Id of 15 or 18 characters. */
const sameScopedName = (one: string, other: string): boolean => {
  const [[org = '', name], [otherOrg = '', otherName]] = [one.split(':'), other.split(':')];
  return sameId(org, otherOrg) && name === otherName;
};

const isAbout = ({ org, id, externalApp }: TrustedApp, app: ExternalClientApp, { orgId, declared }: Here): boolean => {
  if (externalApp !== undefined)
    return app.orgScopedName !== undefined && sameScopedName(externalApp, app.orgScopedName);
  return org !== undefined && id !== undefined && isOrg(org, orgId, declared) && sameId(id, app.id);
};

const authorization = (selfAuthorized: boolean | undefined): string => {
  if (selfAuthorized === undefined) return 'who may authorize it could not be read';
  return selfAuthorized ? 'any user may authorize it' : 'only users whom an administrator approved may use it';
};

const look = (app: ExternalClientApp, here: Here): Look => {
  const subject: Subject = { type: 'ExternalClientApp', name: app.name, id: app.id };
  // An app of this org is judged by the controls over own apps.
  if (app.own === true || isFirstParty(app.namespace)) return undefined;
  const trust = trustOf(
    here.declared.trust.apps.filter((entry) => isAbout(entry, app, here)),
    here.asOf
  );
  if (trust.trusted) return undefined;
  if (app.own === undefined) {
    return { kind: 'unreadable', detail: 'Whether the app was created in this org could not be told.', subject };
  }
  const traits = [
    app.namespace === undefined ? 'without namespace' : `namespace ${app.namespace}`,
    ...(app.orgScopedName === undefined ? [] : [`external app ${app.orgScopedName}`]),
    `here since ${dayOf(app.created)}`,
    authorization(app.selfAuthorized),
  ];
  return { kind: 'violation', subject, message: `${untrusted(trust)}: ${traits.join(', ')}.` };
};

export const externalClientAppsTrusted = orgControl({
  id: 'org/external-client-apps-trusted',
  title: 'Every installed External Client App is trusted',
  severity: 'critical',
  requirement: 'These orgs must not have untrusted Connected Apps or ECAs installed.',
  decision:
    'Looks at every External Client App in the org; apps that were created in this org, and apps with a namespace ' +
    'of Salesforce itself, are left out. Any other is a violation unless `trust.apps` lists it as `externalApp`, or ' +
    'with this org and its Id, and `reviewBy` has not passed. Who may authorize the app is part of the finding and ' +
    'decides nothing. An app that is not listed, and of which it could not be told whether it was created in this ' +
    'org, makes it inconclusive.',
  rationale:
    'An External Client App that came with a package acts as the users who authorize it, like any other app. Nothing is ' +
    'trusted because it is there, and not for its name.',
  remediation:
    'Setup > External Client App Manager: uninstall the package of the app, or list the app under trust.apps in the ' +
    'policy as externalApp. In the policies of the app set Permitted Users to Admin approved users are pre-authorized.',
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://help.salesforce.com/s/articleView?id=005225370',
    'https://help.salesforce.com/s/articleView?id=xcloud.shr_external_client_apps.htm&type=5',
  ],
  attestable: false,
  needs: ['externalClientApps', 'organization'],
  compares: ['orgs', 'trust.apps'],
  // An app that was seen is installed; one of which it is not certain that it is foreign is a gap, not an offence.
  provableFromPart: { externalClientApps: 'fail' },
  judge: ({ externalClientApps, organization }, { declared, asOf }) =>
    decide(
      externalClientApps.map((app) => look(app, { orgId: organization.id, declared, asOf })),
      externalClientApps.length === 0
        ? 'The org has no External Client App.'
        : `Each of the External Client Apps (${externalClientApps.length}) is the org's own, Salesforce's own or listed as trusted.`
    ),
});

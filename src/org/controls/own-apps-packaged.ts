import { decide, notApplicable, type SubjectOutcome } from '../../engine/control.js';
import type { Declared, Gap, Integration, Subject } from '../../engine/types.js';
import { orgControl } from '../facts.js';
import { checkText, declaredIntegrations, ownApps, toJustify, violation, type OwnApp } from '../findings/ownApps.js';

export const ownAppsPackaged = orgControl({
  id: 'org/own-apps-packaged',
  title: 'Every app of this org that serves an integration is packaged',
  severity: 'medium',
  topic: 'packaging',
  problem: {
    one: 'app that serves an integration is not packaged',
    many: 'apps that serve integrations are not packaged',
  },
  area: "The org's apps",
  setup: '/lightning/setup/ManageExternalClientApplication/home',
  requirement: 'CAs and ECAs should be packaged for distribution on AppExchange.',
  why: 'A packaged app is the same in every subscriber org, and its vendor can change it. An app that each subscriber creates by hand is neither.',
  checks: ['Each app of this org is in a package, or serves only integrations with the flow `none` or `saml`.'],
  fails: [
    'An app that is not packaged serves an integration that uses Canvas, authorization-code with `callbackOwner` isv, or client-credentials or jwt-bearer with `secretOwner` isv.',
    'An app that is not packaged serves any other integration and has no justification.',
  ],
  inconclusive: [
    'No integration of the policy names the app.',
    'The policy does not contain the flow or the owner of an integration.',
    'Salesforce does not show whether the app is packaged.',
    'A report of `--package-report` names an app of this org that the org does not show.',
  ],
  fix: [
    'Setup > External Client App Manager > the app: set the distribution state to Packaged, and add the app to the package.',
    'List under `integrations` in the policy which app serves which integration, with its flow and owners. Use the flow `none` for an app that no customer uses.',
    'Explain under `justifications` each app that subscribers create.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_externalclientapplication.htm',
  ],
  attestable: false,
  needs: ['ownConnectedApps', 'ownExternalClientApps'],
  compares: ['integrations'],
  // How an app is distributed comes with the app itself.
  provableFromPart: { ownConnectedApps: 'fail', ownExternalClientApps: 'fail' },
  judge: (facts, { declared }) => {
    const apps = ownApps(facts);
    const missing = absentApps(apps, declared);
    return apps.length + missing.length === 0
      ? notApplicable('This org owns no app.')
      : decide(
          [...apps.map((app) => evaluateApp(app, declared)), ...missing],
          'Every app is packaged, or serves no integration that requires it.'
        );
  },
});

/** Apps that a package links to this org, and that it does not show; the auditing user may not see them. */
const absentApps = (apps: readonly OwnApp[], { packages = [] }: Declared): Gap[] =>
  packages.flatMap(({ apps: linked, ...check }) =>
    linked
      .filter(({ name }) => !apps.some(({ subject, names }) => isExternal(subject) && names.includes(name)))
      .map(({ name }) => ({
        kind: 'not-given',
        detail: `${checkText(check)} names ${name} as an app of this org, which does not show it. Correct orgScopedExternalApp, or run check-package with --owner-org.`,
        subject: { type: 'ExternalClientApp', name },
      }))
  );

const isExternal = ({ type }: Subject): boolean => type === 'ExternalClientApp';

const evaluateApp = (app: OwnApp, { integrations, packages = [] }: Declared): SubjectOutcome => {
  const { subject } = app;
  const isLinked = packages.some(({ apps }) =>
    apps.some(({ name }) => isExternal(subject) && app.names.includes(name))
  );
  // The org decides; where it does not show it, a package that contains the app does.
  const packaged = app.packaged ?? (isLinked ? true : undefined);
  if (packaged) return undefined;
  const served = declaredIntegrations(app, integrations);
  if (served.length === 0) {
    const detail = 'This app is not known to be in a package, and no integration of the policy names it as its app.';
    return { kind: 'not-given', detail, subject };
  }
  // A SAML app has to stay Local (Metadata API, ExtlClntAppSamlConfigurablePolicies).
  const asking = served.filter(({ flow }) => flow !== 'none' && flow !== 'saml');
  if (packaged === undefined && asking.length > 0) {
    return { kind: 'not-supported', detail: 'Could not determine whether this app is in a package.', subject };
  }
  return asking.map((integration) => {
    const { name, flow } = integration;
    const mandatory = isMandatory(integration);
    if (mandatory === undefined) {
      const detail = `The policy does not contain the flow of the integration ${name}, or the owner of its callback or secret.`;
      return { kind: 'not-given', detail, subject };
    }
    return mandatory
      ? violation(
          app,
          `${subject.name} is not packaged, which ${flow ?? ''} of the integration ${name} requires.`,
          name
        )
      : toJustify(app, `${subject.name} is not packaged and serves the integration ${name}.`, name);
  });
};

/** The four use cases of the guidance in which packaging is mandatory. */
const isMandatory = ({ flow, callbackOwner, secretOwner }: Integration): boolean | undefined => {
  if (flow === undefined) return undefined;
  if (flow === 'canvas') return true;
  const owner =
    flow === 'authorization-code'
      ? callbackOwner
      : flow === 'client-credentials' || flow === 'jwt-bearer'
        ? secretOwner
        : 'subscriber';
  return owner === undefined ? undefined : owner === 'isv';
};

import { decide, notApplicable } from '../../engine/control.js';
import type { Declared, Gap, Violation, Subject } from '../../engine/types.js';
import { packageControl, type CanvasUse, type CodeUse, type PackageFacts } from '../facts.js';
import { settingGap } from '../apps/oauthApps.js';
import { localName } from '../parsing/localName.js';

export const appsPackaged = packageControl({
  id: 'package/apps-packaged',
  title: 'Every integration that needs a packaged app has one',
  severity: 'high',
  topic: 'packaging',
  problem: { one: 'integration has no packaged app', many: 'integrations have no packaged app' },
  area: 'Packaged apps',
  requirement:
    'Connected Apps and External Client Apps are packaged for distribution on AppExchange: mandatory for the web ' +
    'server flow with callbacks of the partner, for client credentials and JWT bearer with credentials of the ' +
    'partner, and for Canvas; an app that is created in the subscriber org is documented',
  why: 'A packaged app reaches every subscriber with the settings that were reviewed. An app that each subscriber creates has whatever settings an admin chose.',
  checks: [
    'Each integration of the policy, except those with the flow none or saml.',
    'Each place where the package shows a canvas app.',
    'The OAuth flows that code of the package or of an integration starts at Salesforce.',
  ],
  fails: [
    'A canvas integration names no app of the package.',
    'An authorization-code integration with `callbackOwner` isv names no app of the package.',
    'A client-credentials or jwt-bearer integration with `secretOwner` isv names no app of the package.',
    'The package shows a canvas app and contains no app.',
    'Any other integration without an app in the package: this needs a justification.',
    'Code starts an authorization-code, client-credentials or jwt-bearer flow, the package contains no app, and the policy does not name the flow: this needs a justification.',
  ],
  inconclusive: [
    'The policy does not name the flow or the owner that the answer depends on.',
    'The app of an integration has no .eca file, or its distributionState is not Packaged.',
    'The source does not show which app of the package a canvas app is.',
  ],
  fix: [
    'Add the External Client App of the integration to the package.',
    'Write its developer name as `app` under `integrations` in security-review.yml.',
    'If subscribers must create the app, say why under `justifications` in security-review.yml, and document the use case in the submission.',
  ],
  examples: {
    bad: 'integrations:\n  - name: Billing\n    flow: jwt-bearer\n    secretOwner: isv',
    good: 'integrations:\n  - name: Billing\n    app: Billing_Integration\n    flow: jwt-bearer\n    secretOwner: isv',
  },
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://help.salesforce.com/s/articleView?id=xcloud.external_client_apps.htm&type=5',
  ],
  attestable: false,
  needs: ['project', 'connectedApps', 'externalClientApps', 'canvasUses', 'code'],
  compares: ['integrations'],
  // Not from a part of the apps: the missing app may be in a file that could not be read.
  provableFromPart: { canvasUses: 'fail', code: 'fail' },
  judge: (facts, { declared }) => {
    // A SAML app has to stay Local (Metadata API, ExtlClntAppSamlConfigurablePolicies).
    const integrations = declared.integrations.filter(({ flow }) => flow !== 'none' && flow !== 'saml');
    const apps = appsOf(facts);
    const flows = apps.size > 0 ? [] : undeclared(facts.code.uses, integrations);
    if (integrations.length + apps.size + facts.canvasUses.length + flows.length === 0) {
      return notApplicable(
        'The package contains no app, shows no canvas app and starts no OAuth flow, and the policy names no integration that needs an app.'
      );
    }
    return decide(
      [
        ...integrations.map((integration) => lookAt(integration, apps, facts.project.namespace)),
        ...facts.canvasUses.map((use, index) => lookAtCanvas(use, sameBefore(facts.canvasUses, index), facts, apps)),
        ...flows.map(lookAtFlow),
      ],
      'Every app that is known to be needed is in the package.'
    );
  },
});

/** Flows whose app is packaged if the partner owns the callback or the secret. */
const packaged: ReadonlySet<string> = new Set([
  'authorization-code',
  'client-credentials',
  'jwt-bearer',
  'saml',
  'token-exchange',
]);

/**
 * The flows that code starts while the package contains no app. A flow that the policy declares is checked as an
 * integration. One place per integration and flow is enough. A login with the Salesforce CLI belongs to a developer.
 */
const undeclared = (uses: readonly CodeUse[], integrations: readonly Integration[]): CodeUse[] => {
  const started = uses
    .filter(
      ({ what, form }) =>
        packaged.has(what) && !form.startsWith('sf ') && integrations.every(({ flow }) => flow !== what)
    )
    // A place that shows the flow counts before one that may start it.
    .sort((one, other) => Number(one.unsure !== undefined) - Number(other.unsure !== undefined));
  return started.filter(
    (use, index) =>
      use.in === 'package' ||
      index ===
        started.findIndex((one) => one.in === use.in && one.what === use.what && folderOf(one) === folderOf(use))
  );
};

/** The beginning of `at` is the folder of an integration. */
const folderOf = ({ at }: CodeUse): string => at.split(' ', 1)[0] ?? '';

/** Code does not show who owns the callback or the secret, so the app needs a justification. */
const lookAtFlow = ({ what, form, subject, at, unsure }: CodeUse): Violation | Gap =>
  unsure === undefined
    ? {
        kind: 'justification',
        subject,
        message: `${subject.name} starts the ${what} flow (${form}), and the package contains no app: subscribers create the app of this flow.`,
        at,
      }
    : settingGap(
        subject,
        `Could not determine whether ${subject.name} starts the ${what} flow (${form}), for which the package contains no app: ${unsure}.`
      );

type Facts = Pick<PackageFacts, 'project' | 'connectedApps' | 'externalClientApps'>;
/** Name of an app in the package → what makes that doubtful, if anything does. */
type Apps = ReadonlyMap<string, string | undefined>;

const appsOf = ({ project, connectedApps, externalClientApps }: Facts): Apps =>
  new Map([
    ...connectedApps.map(({ name }) => [localName(name, project.namespace), undefined] as const),
    ...externalClientApps.map(({ name, hasHeader, distributionState }) => {
      if (!hasHeader) return [name, 'its .eca file is not in the package'] as const;
      return [
        name,
        distributionState?.value === 'Packaged' ? undefined : 'its distributionState is not Packaged',
      ] as const;
    }),
  ]);

type Integration = Declared['integrations'][number];

const lookAt = (integration: Integration, apps: Apps, namespace: string | undefined): Violation | Gap | undefined => {
  const { name, flow } = integration;
  // The policy may name the app as an org shows it, with the namespace of the package.
  const app = integration.app === undefined ? undefined : localName(integration.app, namespace);
  const subject: Subject = { type: 'ExternalClientApp', name: app ?? name };
  if (app !== undefined && apps.has(app)) {
    const doubt = apps.get(app);
    return doubt === undefined
      ? undefined
      : settingGap(subject, `Could not determine whether ${app} is packaged: ${doubt}.`);
  }
  const owner = ownerOf(integration);
  if (flow === undefined || owner === undefined) {
    const missing = flow === undefined ? 'flow' : flow === 'authorization-code' ? 'callbackOwner' : 'secretOwner';
    return settingGap(
      subject,
      `The integration ${name} has no app in the package. Whether it needs one depends on its ${missing}, which the policy does not name.`
    );
  }
  return owner === 'isv'
    ? {
        kind: 'violation',
        subject,
        message: `The integration ${name} uses ${flow}, and its app is not in the package.`,
        at: name,
      }
    : {
        kind: 'justification',
        subject,
        message: `The app of the integration ${name} (${flow}) is created in the subscriber org.`,
        at: name,
      };
};

/** The owner that decides whether the app must be packaged. The guidance requires it for Canvas, and names no other flow. */
const ownerOf = ({ flow, callbackOwner, secretOwner }: Integration): 'isv' | 'subscriber' | undefined => {
  if (flow === 'authorization-code') return callbackOwner;
  if (flow === 'client-credentials' || flow === 'jwt-bearer') return secretOwner;
  return flow === 'canvas' ? 'isv' : 'subscriber';
};

/** How many places before this one show the same app in the same file. */
const sameBefore = (uses: readonly CanvasUse[], index: number): number =>
  uses.slice(0, index).filter(({ file, app }) => file === uses[index]?.file && app === uses[index].app).length;

const lookAtCanvas = (use: CanvasUse, before: number, { project }: Facts, apps: Apps): Violation | Gap | undefined => {
  const { type, name, file, line, app, namespace } = use;
  const subject: Subject = { type, name, file, line };
  const own = namespace === undefined || namespace === project.namespace;
  if (own && app !== undefined && apps.has(app)) return undefined;
  if (!own)
    return settingGap(subject, `${name} shows the canvas app ${namespace}__${app ?? ''}, which is in another package.`);
  if (apps.size === 0) {
    const message = `${name} shows ${app === undefined ? 'a canvas app' : `the canvas app ${app}`}, and the package contains no app.`;
    const at = [app, before > 0 ? `#${before + 1}` : undefined].filter((one) => one !== undefined).join(' ');
    return { kind: 'violation', subject, message, ...(at === '' ? {} : { at }) };
  }
  return settingGap(subject, `The source does not show which app of the package is the canvas app in ${name}.`);
};

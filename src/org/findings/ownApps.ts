import { defined } from '../../common/defined.js';
import { each, notApplicable, note, type SubjectOutcome } from '../../engine/control.js';
import type {
  CheckedAnswer,
  AppQuestion,
  Component,
  Declared,
  Gap,
  Integration,
  Judgement,
  PackageCheck,
  Violation,
  Subject,
} from '../../engine/types.js';
import type { AppType, Switch } from '../../salesforce/oauth.js';
import type { IpRange, OrgFacts, OwnOauthSettings } from '../facts.js';

/** An app that this org owns, of either kind. */
export type OwnApp = {
  subject: Subject & { type: AppType };
  components: readonly [Component];
  /** The day on which it was created. */
  since?: string;
  /** How the policy's `integrations` may call it. */
  names: readonly string[];
  /** Part of a package; `undefined`: not known. */
  packaged?: boolean;
};

/** An app of this org that uses OAuth. */
export type OwnOauthApp = OwnApp & {
  scopes?: readonly string[];
  refreshTokenPolicy?: string;
  tokenRanges?: readonly IpRange[];
  /** Callbacks and switches; `undefined`: see the gap. */
  settings?: OwnOauthSettings;
  unseen: Gap;
};

type Inventory = Pick<OrgFacts, 'ownConnectedApps' | 'ownExternalClientApps'>;

/** Every app that this org owns. */
export const ownApps = ({ ownConnectedApps, ownExternalClientApps }: Inventory): OwnApp[] => [
  ...ownConnectedApps.map(connected),
  ...ownExternalClientApps.map(external),
];

/** Without apps for SAML only and bookmarks, which have no OAuth settings. Scopes need no global OAuth settings. */
export const ownOauthApps = ({
  ownGlobalOauthSettings: { read, secrets, apps } = { read: false, apps: [] },
  ...inventory
}: Inventory & Partial<Pick<OrgFacts, 'ownGlobalOauthSettings'>>): OwnOauthApp[] => [
  ...inventory.ownConnectedApps.flatMap((app): OwnOauthApp[] => {
    const { oauth } = app;
    const rest = connected(app);
    return oauth ? [{ ...rest, ...oauth, settings: oauth, unseen: notRead(rest.subject, secrets) }] : [];
  }),
  ...inventory.ownExternalClientApps.flatMap((app): OwnOauthApp[] => {
    const rest = external(app);
    const [settings, ...others] = apps.filter((one) => one.app === app.developerName);
    const unseen = read ? notSent(rest.subject) : notRead(rest.subject, secrets);
    // With several settings under one name, it is not known which belong to the app.
    if (others.length > 0) return [{ ...rest, ...app.oauth, unseen: ambiguous(rest.subject, others.length + 1) }];
    return (app.oauth ?? settings) ? [{ ...rest, ...app.oauth, settings, unseen }] : [];
  }),
];

/** What an empty `ownOauthApps` means. */
export const noOwnOauthApp = (): Judgement => notApplicable('This org owns no app that uses OAuth.');

/** What the controls about a setting of these apps have in common: where it is fixed, what is read, what a part proves. */
export const ownAppSettings = {
  area: "The org's apps",
  setup: '/lightning/setup/NavigationMenus/home',
  attestable: true,
  attestableSubjects: ['ExternalClientApp'],
  needs: ['ownConnectedApps', 'ownExternalClientApps', 'ownGlobalOauthSettings'],
  params: { readGlobalOauthSettings: false as boolean },
  provableFromPart: { ownConnectedApps: 'fail', ownExternalClientApps: 'fail', ownGlobalOauthSettings: 'fail' },
} as const;

/** Evaluates every app of this org that uses OAuth. */
export function eachOwnOauthApp(
  facts: Parameters<typeof ownOauthApps>[0],
  evaluate: (app: OwnOauthApp) => SubjectOutcome,
  whenFine: string
): Judgement {
  return each(ownOauthApps(facts), noOwnOauthApp(), evaluate, whenFine);
}

const connected = ({ developerName, name, created, packaged }: Inventory['ownConnectedApps'][number]): OwnApp => ({
  subject: { type: 'ConnectedApp', name },
  components: [{ type: 'ConnectedApp', fullName: developerName }],
  names: [name, developerName],
  since: created?.slice(0, 10),
  packaged,
});

const external = ({ id, developerName, created, packaged }: Inventory['ownExternalClientApps'][number]): OwnApp => ({
  subject: { type: 'ExternalClientApp', name: developerName, id },
  components: [{ type: 'ExternalClientApplication', fullName: developerName }],
  names: [developerName],
  since: created?.slice(0, 10),
  packaged,
});

/** Attestable only where the org does not show these settings to any program. */
const notRead = (subject: Subject, secrets: 'hidden' | 'shown' | undefined): Gap =>
  secrets === 'shown'
    ? {
        kind: 'not-given',
        detail:
          'The global OAuth settings of this app were not read, because Salesforce may send the consumer secret with ' +
          'them. Hide secrets from the Metadata API, as Salesforce recommends, and attest the app, or set the parameter ' +
          'readGlobalOauthSettings of the own-apps controls to read them; the secret is dropped.',
        subject,
        readable: true,
      }
    : {
        kind: 'not-given',
        detail:
          (secrets === 'hidden'
            ? 'This org hides consumer secrets from the Metadata API, as Salesforce recommends, ' +
              'so no API shows the global OAuth settings of the app. '
            : 'The global OAuth settings of this app were not read. ') +
          'Check it in Setup > External Client App Manager, and attest the app.',
        subject,
      };

const notSent = (subject: Subject): Gap => ({
  kind: 'unreadable',
  detail: 'Salesforce sent no global OAuth settings for this app, and only these contain the setting.',
  subject,
  readable: true,
});

const ambiguous = (subject: Subject, count: number): Gap => ({
  kind: 'unreadable',
  detail: `Salesforce sent ${count} global OAuth settings for an app of this name.`,
  subject,
  readable: true,
});

/** A switch that the settings do not name, or settings that were not read. */
export const switchGap = ({ subject, settings, unseen }: OwnOauthApp, { element, since }: Switch): Gap => {
  const detail = `Salesforce did not send ${element}; read it with API version ${since[subject.type]} or later.`;
  return settings ? { kind: 'not-supported', detail, subject, readable: true } : unseen;
};

/** No callback, which every app with OAuth has, or settings that were not read. */
export const callbackGap = ({ subject, settings, unseen }: OwnOauthApp): Gap =>
  settings
    ? { kind: 'unreadable', detail: 'Salesforce sent no callback for this app.', subject, readable: true }
    : unseen;

/** What the check of the package answers about a setting that this org does not show; else the gap. */
export const orPackageCheck = (
  app: OwnOauthApp,
  question: AppQuestion,
  gap: Gap,
  { packages = [] }: Declared
): SubjectOutcome => {
  if (app.subject.type !== 'ExternalClientApp') return gap;
  if (!packages.some(({ apps }) => apps.some(({ name }) => app.names.includes(name)))) {
    const hint = 'If it is packaged, a report of check-package may answer it: pass --package-report.';
    return gap.readable ? gap : { ...gap, detail: `${gap.detail} ${hint}` };
  }
  const checks = packages.flatMap(({ apps, ...checked }) =>
    apps
      .filter(({ name }) => app.names.includes(name))
      .map((one) => ({ name: checked.name, check: checkText(checked), answer: one.answers[question] }))
  );
  const answers = checks.flatMap(({ answer, ...one }) => (answer ? [{ ...one, answer }] : []));
  const found = answers.flatMap(({ name, check, answer }) =>
    answer.kind === 'violation' || answer.kind === 'justification'
      ? [finding(answer.kind, app, `${check} found: ${answer.message}`, `check of ${name}`)]
      : []
  );
  if (found.length > 0) return found;
  const [met] = answers;
  // Where the check of one version could not tell, the answer about another does not count for it.
  if (met && checks.every(({ answer }) => answer?.kind === 'met'))
    return note(app.subject, `${met.check} answers this for ${app.subject.name}.`);
  return answers.reduce((left, { check, answer }) => withOpen(left, check, answer), gap);
};

/** `The check of Acme 2.4.0 (acme.json)`. */
export const checkText = ({ name, version, source }: Pick<PackageCheck, 'name' | 'version' | 'source'>): string =>
  `The check of ${name}${version === undefined ? '' : ` ${version}`} (${source})`;

/** An attestation about the package does not sign the audit of the org; what contradicts it contradicts both. */
const withOpen = (gap: Gap, check: string, answer: CheckedAnswer): Gap => {
  if (answer.kind !== 'open') return gap;
  const { attestedBy, disproof } = answer;
  return {
    ...gap,
    ...(attestedBy === undefined
      ? {}
      : { detail: `${gap.detail} ${check} rests on an attestation by ${attestedBy}: add this control to it.` }),
    ...(disproof ? { disproof } : {}),
  };
};

/** Every app with OAuth has scopes. */
export const unseenScopes = ({ subject }: OwnApp): Gap => ({
  kind: 'unreadable',
  detail: 'Salesforce did not show the scopes of this app.',
  subject,
  readable: true,
});

/** A violation by an app. `at` tells it from others about the same app. */
export const violation = (app: OwnApp, message: string, at?: string): Violation =>
  finding('violation', app, message, at);

/** A finding about an app that reasons may allow. */
export const toJustify = (app: OwnApp, message: string, at: string): Violation =>
  finding('justification', app, message, at);

const finding = (
  kind: Violation['kind'],
  { subject, components, since }: OwnApp,
  message: string,
  at: string | undefined
): Violation => defined<Violation>({ kind, subject, message, at, components, since });

/** What the policy says about the integrations that an app serves. */
export const declaredIntegrations = ({ names }: OwnApp, integrations: readonly Integration[]): Integration[] =>
  integrations.filter(({ app }) => app !== undefined && names.includes(app));

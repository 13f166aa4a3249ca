import { each, notApplicable, type SubjectOutcome } from '../../engine/control.js';
import type { Declared, Gap, Judgement, Subject } from '../../engine/types.js';
import { classifyCallback, type CallbackKind } from '../../salesforce/callbacks.js';
import { isRefreshScope, isScope, type AppType, type Switch } from '../../salesforce/oauth.js';
import type { ConnectedApp, ExternalClientApp, Located, OauthSettings, PackageFacts, PkceProbe } from '../facts.js';

/** An app of the package that uses OAuth, of either kind, as the controls check it. */
export type OauthApp = {
  subject: Subject & { type: AppType };
  scopes?: OauthSettings['scopes'];
  /** Callbacks and switches: of the Connected App, or the global OAuth settings of the External Client App. */
  settings?: OauthSettings;
  refreshTokenPolicy?: Located<string>;
  tokenIpRanges?: ExternalClientApp['tokenIpRanges'];
  pkceProbe?: PkceProbe;
  /** What the org that owns the app shows. */
  owner?: ExternalClientApp['owner'];
  /** Where to look for what is `undefined` here. */
  elsewhere: { scopes: Gap; settings: Gap };
};

/** What the controls about a setting of these apps have in common: what is read, who answers, what a part proves. */
export const packagedAppSettings = {
  area: 'Packaged apps',
  attestable: true,
  attestableSubjects: ['ExternalClientApp'],
  needs: ['project', 'connectedApps', 'externalClientApps'],
  provableFromPart: { connectedApps: 'fail', externalClientApps: 'fail' },
} as const;

type Apps = Pick<PackageFacts, 'connectedApps' | 'externalClientApps'>;

/** Every app whose OAuth settings are in question. An app for SAML only, and a bookmark, has none. */
export const oauthApps = ({ connectedApps, externalClientApps }: Apps): OauthApp[] => [
  ...connectedApps.filter(({ kind }) => kind !== 'no-oauth').map(ofConnectedApp),
  ...externalClientApps.map(ofExternalClientApp),
];

/** What an empty `oauthApps` means. */
export const noOauthApp: Judgement = notApplicable('The package contains no app with OAuth settings.');

/** Evaluates every app of the package that uses OAuth. */
export function eachOauthApp(facts: Apps, evaluate: (app: OauthApp) => SubjectOutcome, whenFine: string): Judgement {
  return each(oauthApps(facts), noOauthApp, evaluate, whenFine);
}

type FirstCallback = (...kinds: CallbackKind[]) => Located<string> | undefined;

/** Evaluates the callbacks of every app, by the first of each kind; callbacks that the source does not show are a gap. */
export function eachCallbackList(
  facts: Apps,
  evaluate: (app: OauthApp, first: FirstCallback) => SubjectOutcome,
  whenFine: string
): Judgement {
  const evaluateApp = (app: OauthApp): SubjectOutcome => {
    const callbacks = app.settings?.callbacks;
    if (!callbacks) return unseenCallbacks(app);
    return evaluate(app, (...kinds) => callbacks.find(({ value }) => kinds.includes(classifyCallback(value).kind)));
  };
  return eachOauthApp(facts, evaluateApp, whenFine);
}

/** The app as the subject of a finding, with the place of the element. */
export const subjectAt = (app: OauthApp, { file, line }: { file: string; line?: number }): Subject => ({
  ...app.subject,
  file,
  line,
});

export const settingGap = (subject: Subject, detail: string): Gap => ({ kind: 'not-given', detail, subject });

/** A gap that the source or the file can close: it is not attestable. */
const readableGap = (subject: Subject, detail: string): Gap => ({ ...settingGap(subject, detail), readable: true });

/** A switch that the settings do not name, or settings that are missing. */
export const unseenSwitch = (app: OauthApp, { element, since }: Switch): Gap =>
  app.settings
    ? readableGap(
        subjectAt(app, app.settings),
        `The file of ${app.subject.name} does not show whether ${element} is on. Retrieve it again with API version ${since[app.subject.type]} or later.`
      )
    : app.elsewhere.settings;

/** Settings that name no callback, or settings that are missing. Every app with OAuth has a callback. */
export const unseenCallbacks = (app: OauthApp): Gap =>
  app.settings
    ? readableGap(
        subjectAt(app, app.settings),
        `The file of ${app.subject.name} names no callback, which every app with OAuth has. Retrieve it again.`
      )
    : app.elsewhere.settings;

/** A scope that is filled in later. */
export const unseenScope = (app: OauthApp, { value, ...at }: Located<string>): Gap =>
  readableGap(subjectAt(app, at), `The scope ${value} is a placeholder, and its value is not in the source.`);

/** Whether the app gets refresh tokens: the scope that asks for them, `none`, or what hides the answer. */
export const refreshScopeOf = (app: OauthApp): Located<string> | 'none' | Gap => {
  if (!app.scopes) return app.elsewhere.scopes;
  const unknown = app.scopes.find(({ value }) => !isScope(value));
  return app.scopes.find(({ value }) => isRefreshScope(value)) ?? (unknown ? unseenScope(app, unknown) : 'none');
};

/** The flows between servers that the app's settings have on. */
export const serverFlows = ({ settings, owner }: OauthApp): string[] => [
  ...(settings?.certificate?.value ? ['jwt-bearer'] : []),
  // The policy of an org can turn the flow on only where the settings of the app have it on.
  ...(settings?.clientCredentials?.value === true || owner?.clientCredentials === true ? ['client-credentials'] : []),
];

/** No user logs in through the app: the policy names such a flow for every integration of it, and its settings agree. */
export const isForServersOnly = (app: OauthApp, { integrations }: Declared): boolean => {
  const flows = integrations.filter((integration) => integration.app === app.subject.name).map(({ flow }) => flow);
  const seen = serverFlows(app);
  return flows.length > 0 && flows.every((flow) => flow !== undefined && seen.includes(flow));
};

/** A callback whose place is filled in later. */
export const unseenCallback = (app: OauthApp, { value, ...at }: Located<string>): Gap =>
  settingGap(subjectAt(app, at), `The callback ${value} is a placeholder, and its value is not in the source.`);

/** The first of each value: a file may name one twice. */
export const distinct = <T>(located: ReadonlyArray<Located<T>>): Array<Located<T>> =>
  located.filter(({ value }, index) => located.findIndex((other) => other.value === value) === index);

const ofConnectedApp = ({ name, file, oauth, refreshTokenPolicy }: ConnectedApp): OauthApp => {
  const subject = { type: 'ConnectedApp', name, file } as const;
  // https://developer.salesforce.com/docs/platform/pkg2-dev/guide/sfdx-dev-dev2gp-connected-app.md
  const reference = settingGap(
    subject,
    `The file of ${name} only refers to an app that a first-generation package released. Add the .connectedApp file of that package.`
  );
  const elsewhere = { scopes: reference, settings: reference };
  return { subject, scopes: oauth?.scopes, settings: oauth, refreshTokenPolicy, elsewhere };
};

const ofExternalClientApp = (app: ExternalClientApp): OauthApp => {
  const { name, file, line, oauth, global, refreshTokenPolicy, tokenIpRanges, pkceProbe, owner } = app;
  const subject = { type: 'ExternalClientApp', name, file, line } as const;
  return {
    subject,
    scopes: oauth?.scopes,
    // Until API 57 the .ecaOauth file also contained the callbacks.
    settings: global ?? (oauth?.callbacks ? oauth : undefined),
    refreshTokenPolicy,
    tokenIpRanges,
    ...(pkceProbe ? { pkceProbe } : {}),
    ...(owner ? { owner } : {}),
    elsewhere: {
      scopes: readableGap(
        subject,
        `The scopes of ${name} are in its .ecaOauth file, and the package does not contain exactly one.`
      ),
      // The files of an External Client App that can be packaged do not contain them.
      settings: settingGap(subject, hiddenSettings(app)),
    },
  };
};

function hiddenSettings({ name, owner }: ExternalClientApp): string {
  const file = '--eca-global-oauth takes a retrieved ExtlClntAppGlobalOauthSettings file.';
  return owner !== undefined && owner.problem === undefined
    ? `The global OAuth settings of ${name} could not be checked: the owning org (${owner.source}) does not show them. ` +
        `Check them in Setup > External Client App Manager and attest the app. ${file}`
    : `The global OAuth settings of ${name} could not be checked: they are never packaged. Pass --owner-org or ` +
        '--owner-evidence for the org that owns the app, or check them in Setup > External Client App Manager and ' +
        `attest the app. ${file}`;
}

import type { Declared, Integration } from '../../engine/types.js';
import { groupsOf } from '../../common/lists.js';
import { appsOf, integrationsOf, type PackageApp } from '../packageApps.js';
import { flowText } from '../words.js';
import { broadScope } from '../../salesforce/oauth.js';
import type { SubmissionFacts } from '../facts.js';
import { integrationFacts, topicAbout, type Topic } from './answers.js';

type Facts<K extends keyof SubmissionFacts> = Pick<SubmissionFacts, K>;
type Apps = Facts<'project' | 'connectedApps' | 'externalClientApps'>;

/** Every integration that logs in: it has a key, a token or a password. One without a flow in the policy may. */
export const loggingIn = ({ integrations }: Declared): Integration[] =>
  integrations.filter(({ flow }) => flow !== 'none');

/** Asked when there is anything to disclose: what the solution is. */
export const solutionTopic = ({ submission }: Declared): Topic => ({
  path: 'solution',
  title: 'the solution',
  facts: null,
  confirmed: undefined,
  questions: [
    { path: 'submission.version', asks: 'Which version is submitted', answer: submission.version },
    { path: 'submission.summary', asks: 'What the solution does', answer: submission.summary, sentence: true },
    { path: 'submission.contact', asks: 'Whom the reviewers ask', answer: submission.contact },
  ],
});

/** What each app of the package is for. */
export const appTopics = (facts: Apps, declared: Declared): Topic[] =>
  appsOf(facts).map((app) => {
    const { name } = app.subject;
    const integrations = integrationsOf(name, declared).map((one) => integrationFacts(declared, one.name));
    return topicAbout(
      { path: `apps.${name}`, title: `the app ${name}`, facts: [plainApp(app), integrations] },
      declared.submission.apps.find((one) => one.app === name),
      [
        { key: 'purpose', asks: `What ${name} is for`, sentence: true },
        { key: 'users', asks: `Who uses ${name}` },
        { key: 'data', asks: `Which data ${name} uses`, sentence: true },
        ...broadScopesOf(app).map((scopes) => ({
          key: 'scopes' as const,
          asks: `Why ${name} needs the scope ${scopes}`,
          sentence: true,
        })),
        { key: 'controls', asks: `What else protects ${name}`, sentence: true, optional: true },
      ]
    );
  });

/** The facts of an app, without files and lines. */
const plainApp = ({ subject, settings, says }: PackageApp): unknown => ({
  type: subject.type,
  name: subject.name,
  says: says.map(({ label, value }) => [label, value]),
  settings: settings.map((one) =>
    Object.entries(one).flatMap(([key, value]) => {
      if (typeof value !== 'object') return [];
      return [[key, 'value' in value ? value.value : value.map((each) => each.value).sort()]];
    })
  ),
});

/** The client key of each External Client App of the package. */
export const clientKeyTopics = (
  { externalClientApps }: Facts<'externalClientApps'>,
  { submission }: Declared
): Topic[] =>
  externalClientApps.map(({ name }) =>
    topicAbout(
      { path: `clientKeys.${name}`, title: `the client key of ${name}`, facts: name },
      submission.clientKeys.find(({ app }) => app === name),
      [{ key: 'key', asks: `The client key of ${name}` }]
    )
  );

const storeTypes = {
  'metadata-type': 'CustomMetadataType',
  setting: 'CustomSetting',
  object: 'CustomObject',
} as const;

/** A secret that must be explained: of a store of the package, of an integration, or one that the policy names itself. */
type Secret = {
  name: string;
  facts: unknown;
  /** In words, with the place in the source where there is one. */
  origin: string;
  entry?: Declared['submission']['secrets'][number];
};

/** Every secret that is known. */
export const secretsOf = ({ secretStores }: Facts<'secretStores'>, declared: Declared): Secret[] => {
  const { secrets } = declared.submission;
  const stores = secretStores.map(({ name, kind, visibility, fields, records, file, line }): Secret => {
    const subject = `${storeTypes[kind]}:${name}`;
    return {
      name: subject,
      facts: [
        visibility,
        fields.map((field) => [field.name, field.use, field.encrypted]),
        records.map((one) => one.name),
      ],
      origin:
        `${visibility ?? 'Visibility unknown'}, fields ${fields.map((field) => field.name).join(', ') || '(none)'}` +
        `${records.length > 0 ? `, ${records.length} packaged values` : ''}, ${file}${line === undefined ? '' : `:${line}`}`,
      entry: secrets.find(({ store }) => store === subject || store === name),
    };
  });
  const integrations = loggingIn(declared).map(({ name, flow }): Secret => ({
    name,
    facts: integrationFacts(declared, name),
    origin: `integration, ${flowText(flow)}`,
    entry: secrets.find(({ integration }) => integration === name),
  }));
  const known = new Set([...stores, ...integrations].map(({ entry }) => entry));
  const others = secrets
    .filter((one) => !known.has(one) && one.store === undefined && one.integration === undefined)
    .map((entry): Secret => ({ name: entry.name, facts: null, origin: 'stated by the partner', entry }));
  return [...stores, ...integrations, ...others];
};

const owners = 'isv or subscriber';

/** How each secret is kept. */
export const secretTopics = (facts: Facts<'secretStores'>, declared: Declared): Topic[] =>
  secretsOf(facts, declared).map(({ name, facts: about, entry }) =>
    topicAbout({ path: `secrets.${name}`, title: `the secret ${name}`, facts: about }, entry, [
      { key: 'owner', asks: `The owner of ${name}`, choices: owners },
      { key: 'storedIn', asks: `Where ${name} is stored` },
      { key: 'protection', asks: `How ${name} is protected`, sentence: true },
      { key: 'access', asks: `Who can read ${name}`, sentence: true },
    ])
  );

/** How each secret is replaced. */
export const rotationTopics = (facts: Facts<'secretStores'>, declared: Declared): Topic[] =>
  secretsOf(facts, declared).map(({ name, facts: about, entry }) => {
    const { owner, confirmed, rotation } = entry ?? {};
    const bySubscriber = owner === 'subscriber' || rotation?.by === 'subscriber';
    return topicAbout(
      { path: `secrets.${name}.rotation`, title: `the rotation of ${name}`, facts: about },
      { ...rotation, confirmed },
      [
        { key: 'by', asks: `Who rotates ${name}`, choices: owners },
        { key: 'everyDays', asks: `After how many days ${name} is rotated` },
        {
          key: 'steps',
          asks: bySubscriber ? `How the subscriber updates ${name}` : `How ${name} is rotated`,
          sentence: true,
        },
        { key: 'documentation', asks: `Where the rotation of ${name} is documented`, optional: true },
      ]
    );
  });

/** Whether the partner keeps a secret outside of Salesforce for an integration; `undefined`: the policy does not say. */
export const keptByPartner = ({ flow, callbackOwner, secretOwner }: Integration): boolean | undefined => {
  if (flow === 'none') return false;
  if (secretOwner === 'isv' || callbackOwner === 'isv') return true;
  if (flow === undefined) return undefined;
  return secretOwner === undefined && (flow !== 'authorization-code' || callbackOwner === undefined)
    ? undefined
    : false;
};

/** How secrets are kept outside of Salesforce. */
export const backendTopic = (declared: Declared): Topic => {
  const { backend } = declared.submission;
  const kept = declared.integrations.filter((one) => keptByPartner(one) !== false);
  return topicAbout(
    {
      path: 'backend',
      title: 'the secrets outside of Salesforce',
      facts: kept.map(({ name }) => [name, integrationFacts(declared, name)]),
    },
    backend,
    backend?.none === undefined
      ? [
          { key: 'storage', asks: 'Where secrets are kept outside of Salesforce', sentence: true },
          { key: 'access', asks: 'Who and what can read secrets outside of Salesforce', sentence: true },
          { key: 'encryption', asks: 'How secrets outside of Salesforce are encrypted', sentence: true },
          { key: 'rotation', asks: 'How secrets outside of Salesforce are rotated', sentence: true },
          { key: 'monitoring', asks: 'How access to secrets is monitored', sentence: true, optional: true },
        ]
      : [{ key: 'none', asks: 'Why no secret is kept outside of Salesforce', sentence: true }]
  );
};

/** How the reviewers log in to what each integration connects. */
export const credentialTopics = (declared: Declared): Topic[] =>
  loggingIn(declared).map(({ name }) =>
    topicAbout(
      { path: `credentials.${name}`, title: `the credentials for ${name}`, facts: integrationFacts(declared, name) },
      declared.submission.credentials.find(({ integration }) => integration === name),
      [
        { key: 'kind', asks: `What the reviewers log in to for ${name}` },
        { key: 'url', asks: `The URL of the login for ${name}` },
        { key: 'login', asks: `The login of the reviewers for ${name}` },
        { key: 'handover', asks: `How the reviewers get the password for ${name}`, sentence: true },
        { key: 'testedOn', asks: `When the login for ${name} was tested`, optional: true },
      ]
    )
  );

/** The packages that this one extends. */
export const basePackagesOf = ({ project, contents }: Facts<'project' | 'contents'>): string[] => [
  ...new Set([...(project.dependencies ?? []), ...contents.installedPackages.map(({ value }) => value)]),
];

/** Whether a package contains only apps: then another package contains what uses them. */
export const hasOnlyApps = ({ contents }: Facts<'contents'>): boolean =>
  contents.appFiles > 0 && contents.otherFiles === 0;

export const basePackageTopics = (facts: Facts<'project' | 'contents'>, { submission }: Declared): Topic[] => {
  const named = basePackagesOf(facts);
  const others = submission.basePackages.map((one) => one.package).filter((name) => !named.includes(name));
  // Only a package with nothing but apps needs a base package that is not a dependency.
  return [...named, ...(hasOnlyApps(facts) ? others : [])].map((name) =>
    topicAbout(
      { path: `basePackages.${name}`, title: `the base package ${name}`, facts: name },
      submission.basePackages.find((one) => one.package === name),
      [
        { key: 'description', asks: `What the base package ${name} is`, sentence: true },
        { key: 'version', asks: `Which version of ${name} is needed`, optional: true },
      ]
    )
  );
};

/** Whether the app of an integration is created in the subscriber org; `undefined`: the policy does not say. */
export const createdBySubscriber = (integration: Integration, facts: Apps): boolean | undefined => {
  const { app, flow, callbackOwner, secretOwner } = integration;
  if (flow === 'none' || flow === 'canvas') return false;
  if (app !== undefined && appsOf(facts).some(({ subject }) => subject.name === app)) return false;
  if (flow === 'saml' || flow === 'token-exchange') return true;
  const owner = flow === 'authorization-code' ? (callbackOwner ?? secretOwner) : (secretOwner ?? callbackOwner);
  return owner === undefined ? undefined : owner === 'subscriber';
};

/** Why, and how, a subscriber creates an app. */
export const subscriberAppTopics = (facts: Apps, declared: Declared): Topic[] =>
  declared.integrations
    .filter((integration) => createdBySubscriber(integration, facts) === true)
    .map(({ name }) =>
      topicAbout(
        {
          path: `subscriberApps.${name}`,
          title: `the app that the subscriber creates for ${name}`,
          facts: integrationFacts(declared, name),
        },
        declared.submission.subscriberApps.find(({ integration }) => integration === name),
        [
          { key: 'useCase', asks: `Why the app of ${name} is created in the subscriber org`, sentence: true },
          { key: 'setup', asks: `How the subscriber creates the app of ${name}`, sentence: true },
        ]
      )
    );

/** What happens after an incident. */
export const incidentTopic = ({ submission: { incident } }: Declared): Topic =>
  topicAbout({ path: 'incident', title: 'incidents', facts: null }, incident, [
    { key: 'contact', asks: 'Who handles an incident' },
    { key: 'plan', asks: 'What happens after an incident', sentence: true },
    { key: 'rehearsedOn', asks: 'When the plan was rehearsed', optional: true },
  ]);

/** The scopes of an app that the guidance wants justified, as one text; nothing if it has none. */
function broadScopesOf({ settings }: PackageApp): string[] {
  const broad = settings.flatMap(({ scopes = [] }) => scopes.flatMap(({ value }) => broadScope(value) ?? []));
  return broad.length === 0 ? [] : [[...new Set(broad)].sort().join(' and ')];
}

/** Why each component gets a session ID. */
export function sessionTopics({ sessionIds }: Facts<'sessionIds'>, { submission }: Declared): Topic[] {
  return groupsOf(sessionIds, ({ component: { type, name } }) => `${type}:${name}`).map((places) => {
    const [{ component }] = places;
    const name = `${component.type}:${component.name}`;
    return topicAbout(
      {
        path: `sessionIds.${name}`,
        title: `the session ID in ${name}`,
        facts: places.map(({ source, at, uses }) => [source, at, uses.map(({ to, what }) => [to, what])]),
      },
      submission.sessionIds.find((one) => one.component === name),
      [{ key: 'use', asks: `Why ${name} uses a session ID`, sentence: true }]
    );
  });
}

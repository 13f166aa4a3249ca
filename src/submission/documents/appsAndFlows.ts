import type { Declared, Justification } from '../../engine/types.js';
import { appsOf, endpointSubject, integrationAt, integrationsOf } from '../packageApps.js';
import type { DraftBlock, Known, Place } from '../buildDraft.js';
import type { SubmissionFacts } from '../facts.js';
import { answersOf, at, heading, missing, table, text, unseenOf } from './blocks.js';
import { flowText, ownerText } from './words.js';

/** Whether facts are complete, and no file of the package is left that no rule understands. */
function isSeenWhole({ evidence, report }: Place, ...facts: ReadonlyArray<keyof SubmissionFacts>): boolean {
  const { notUnderstood = 0 } = report.target.coverage ?? {};
  return (
    notUnderstood === 0 &&
    facts.every((fact) => evidence[fact]?.status === 'complete' && (evidence[fact].account?.open ?? []).length === 0)
  );
}

/** The package, its apps, and whom they talk to. */
export const appsAndFlows = (place: Place): DraftBlock[] => {
  const { known, declared, of, policy, mermaid } = place;
  const apps = appsOf(known);
  const whole = isSeenWhole(place, 'connectedApps', 'externalClientApps', 'endpoints', 'canvasUses');
  const scopes = new Set(['package/broad-scopes-justified']);
  return [
    ...of('solution').flatMap(answersOf),
    ...unseenOf(place, 'connectedApps', 'externalClientApps', 'canvasUses', 'endpoints', 'code'),
    ...(mermaid === '' ? [] : [{ kind: 'diagram' as const, title: 'Connections', mermaid }]),
    heading('Package'),
    ...table(['Fact', 'Value'], packageRows(known.project)),
    heading('Apps'),
    ...(apps.length === 0
      ? [
          text(
            whole
              ? 'The package contains no Connected App and no External Client App.'
              : 'No app was found in the package.'
          ),
        ]
      : []),
    ...apps.flatMap(({ subject, settings, says }): DraftBlock[] => [
      { kind: 'subheading', text: `${subject.type} ${subject.name}` },
      text(`Source: ${at(subject)}`),
      ...table(
        ['Setting', 'Value', 'Source'],
        [
          ...says.map(({ label, value, ...where }) => [label, value, at(where)]),
          ...settings.flatMap((one) => [
            ...(one.scopes ?? []).map((scope) => ['Scope', scope.value, at(scope)]),
            ...(one.callbacks ?? []).map((callback) => ['Callback', callback.value, at(callback)]),
            ...switches.flatMap(([key, label]) => {
              const held = one[key];
              return held ? [[label, held.value ? 'on' : 'off', at(held)]] : [];
            }),
          ]),
        ]
      ),
      ...integrationsOf(subject.name, declared).map((one): DraftBlock => text(integrationText(one))),
      ...(integrationsOf(subject.name, declared).length === 0
        ? [missing(`No integration names the app ${subject.name}.`, 'integrations')]
        : []),
      ...policy.justifications
        .filter(({ control, subject: about }) => scopes.has(control) && about === `${subject.type}:${subject.name}`)
        .map(justified),
      ...of(`apps.${subject.name}`, `clientKeys.${subject.name}`).flatMap(answersOf),
    ]),
    heading('Integrations'),
    ...(declared.integrations.length === 0
      ? [missing('The policy names no integration.', 'integrations')].filter(
          () => apps.length + known.endpoints.length > 0
        )
      : []),
    ...table(
      ['Integration', 'App', 'Flow', 'Callback of', 'Secret of', 'Endpoints'],
      declared.integrations.map(({ name, app, flow, callbackOwner, secretOwner, endpoints }) => [
        name,
        app ?? 'none in the package',
        flowText(flow),
        ownerText(callbackOwner),
        ownerText(secretOwner),
        (endpoints ?? []).join(', ') || 'not named',
      ])
    ),
    heading('Endpoints'),
    ...(known.endpoints.length === 0
      ? [text(whole ? 'The package calls no host outside Salesforce.' : 'No endpoint was found in the package.')]
      : []),
    ...table(
      ['Host', 'How', 'Integration', 'Component', 'Source'],
      known.endpoints.map((endpoint) => [
        endpoint.host ?? 'not in the source',
        endpoint.kind,
        integrationAt(endpoint, declared)?.name ?? 'MISSING',
        `${endpoint.type}:${endpoint.name}`,
        at(endpoint),
      ])
    ),
    ...[
      ...new Set(
        known.endpoints
          .filter((endpoint) => integrationAt(endpoint, declared) === undefined)
          .map((endpoint) => {
            const { type, name } = endpointSubject(endpoint);
            return endpoint.host === undefined
              ? `The source does not show the address that ${type}:${name} calls, and no integration declares it.`
              : `No integration declares the endpoint ${name}.`;
          })
      ),
    ].map((what) => missing(what, 'integrations[].endpoints')),
    ...(known.sessionIds.length === 0 ? [] : [heading('Session IDs')]),
    ...table(
      ['Component', 'Taken from', 'Goes to', 'Source'],
      known.sessionIds.map(({ component, source, uses, ...where }) => [
        `${component.type}:${component.name}`,
        source,
        uses.map(({ what }) => what).join(', '),
        at(where),
      ])
    ),
    ...of('sessionIds').flatMap(answersOf),
    ...(known.canvasUses.length === 0 ? [] : [heading('Canvas')]),
    ...table(
      ['Shown by', 'App', 'Source'],
      known.canvasUses.map(({ type, name, app, ...where }) => [`${type}:${name}`, app ?? 'computed', at(where)])
    ),
    ...(known.code.uses.length === 0 ? [] : [heading('Flows in the code')]),
    ...table(
      ['What', 'Form', 'In', 'Source', 'Certain'],
      known.code.uses.map(({ what, form, in: where, subject, unsure }) => [
        what,
        form,
        where,
        at(subject),
        unsure === undefined ? 'yes' : `no: ${unsure}`,
      ])
    ),
  ];
};

const packageRows = ({
  name,
  namespace,
  generation,
  isPackage,
  ancestor,
  directories,
  aliases,
}: Known['project']): string[][] => [
  ['Name', name],
  ['Namespace', namespace ?? 'none in the source'],
  ['Generation', generation],
  ...(isPackage ? [] : [['Packaged', 'no: this source is not packaged']]),
  ...(aliases?.[name] === undefined ? [] : [['Package id', aliases[name]]]),
  ...(ancestor === undefined ? [] : [['Built upon', ancestor]]),
  ['Package directories', directories.join(', ')],
];

const switches = [
  ['pkceRequired', 'PKCE required'],
  ['refreshTokenRotation', 'Refresh token rotation'],
  ['deviceFlow', 'Device flow'],
  ['clientCredentials', 'Client credentials'],
  ['certificate', 'Certificate (JWT bearer)'],
  ['consumerSecretOptional', 'Consumer secret optional'],
  ['secretRequiredForRefresh', 'Secret required for refresh'],
  ['idleTokensLimited', 'Idle tokens end after 30 days'],
  ['tokenIpsEnforced', 'IP allowlist for refresh tokens'],
] as const;

const integrationText = ({
  name,
  flow,
  callbackOwner,
  secretOwner,
  endpoints,
}: Declared['integrations'][number]): string =>
  [
    `Integration ${name}: flow ${flowText(flow)}`,
    ...(callbackOwner ? [`callback of ${ownerText(callbackOwner)}`] : []),
    ...(secretOwner ? [`secret of ${ownerText(secretOwner)}`] : []),
    ...(endpoints?.length ? [`endpoints ${endpoints.join(', ')}`] : []),
  ].join(', ') + '.';

const justified = ({ why, supplementedBy, owner, expires }: Justification): DraftBlock => ({
  kind: 'answer',
  label: `Justification by ${owner}, until ${expires}`,
  text: supplementedBy === undefined ? why : `${why} Supplemented by: ${supplementedBy}`,
  from: 'justifications',
});

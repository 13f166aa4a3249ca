import type { Declared, Justification } from '../../engine/types.js';
import { appsOf, endpointSubject, integrationAt, integrationsOf, type PackageApp } from '../packageApps.js';
import type { DraftBlock, DraftContext } from '../draftModel.js';
import type { SubmissionFacts } from '../facts.js';
import { shortDay } from '../../common/dates.js';
import { flowText, generationTexts, ownerText, scopeText, subjectText, useTexts } from '../words.js';
import { answersOf, at, heading, missing, table, paragraph, unseenOf } from './blocks.js';

/** Whether facts are complete, and no file of the package is left that no rule understands. */
function isSeenWhole({ evidence, report }: DraftContext, ...facts: ReadonlyArray<keyof SubmissionFacts>): boolean {
  const { notUnderstood = 0 } = report.target.coverage ?? {};
  return (
    notUnderstood === 0 &&
    facts.every((fact) => evidence[fact]?.status === 'complete' && (evidence[fact].account?.open ?? []).length === 0)
  );
}

/** The package, its apps, and what they connect to. */
export function appsAndFlows(place: DraftContext): DraftBlock[] {
  const { known, of, mermaid } = place;
  const isComplete = isSeenWhole(place, 'connectedApps', 'externalClientApps', 'endpoints', 'canvasUses');
  return [
    ...of('solution').flatMap(answersOf),
    ...unseenOf(place, 'connectedApps', 'externalClientApps', 'canvasUses', 'endpoints', 'code'),
    ...(mermaid === '' ? [] : [{ kind: 'diagram' as const, title: 'Connections', mermaid }]),
    heading('Package'),
    ...table(['Fact', 'Value'], packageRows(known.project)),
    ...appBlocks(place, isComplete),
    ...integrationBlocks(place),
    ...endpointBlocks(place, isComplete),
    ...useBlocks(place),
  ];
}

function appBlocks(place: DraftContext, isComplete: boolean): DraftBlock[] {
  const apps = appsOf(place.known);
  const none = isComplete
    ? 'The package contains no Connected App and no External Client App.'
    : 'No app was found in the package.';
  return [heading('Apps'), ...(apps.length === 0 ? [paragraph(none)] : apps.flatMap((app) => appBlock(app, place)))];
}

function appBlock(app: PackageApp, { declared, of, policy }: DraftContext): DraftBlock[] {
  const { subject, settings, says } = app;
  const integrations = integrationsOf(subject.name, declared);
  return [
    { kind: 'subheading', text: subjectText(`${subject.type}:${subject.name}`) },
    paragraph(`Source: ${at(subject)}`),
    ...table(
      ['Setting', 'Value', 'Source'],
      [
        ...says.map(({ label, value, ...where }) => [
          label,
          value,
          label === 'Distribution state' ? at(where) : sourceOf(app, where),
        ]),
        ...settings.flatMap((one) => settingRows(app, one)),
      ]
    ),
    ...integrations.map((one): DraftBlock => paragraph(integrationText(one))),
    ...(integrations.length === 0 ? [missing(`No integration names the app ${subject.name}.`, 'integrations')] : []),
    ...policy.justifications
      .filter(
        ({ control, subject: about }) =>
          control === 'package/broad-scopes-justified' && about === `${subject.type}:${subject.name}`
      )
      .map(justified),
    ...of(`apps.${subject.name}`, `clientKeys.${subject.name}`).flatMap(answersOf),
  ];
}

/** The header of an External Client App contains no OAuth setting: such a value was shown by the owning org. */
function sourceOf({ subject, isCompletedByOwner }: PackageApp, where: { file?: string; line?: number }): string {
  return isCompletedByOwner && where.file === subject.file ? 'the owning org' : at(where);
}

function settingRows(app: PackageApp, settings: PackageApp['settings'][number]): string[][] {
  return [
    ...(settings.scopes ?? []).map((scope) => ['Scope', scopeText(scope.value), sourceOf(app, scope)]),
    ...(settings.callbacks ?? []).map((callback) => ['Callback', callback.value, sourceOf(app, callback)]),
    ...switches.flatMap(([key, label]) => {
      const setting = settings[key];
      return setting ? [[label, setting.value ? 'on' : 'off', sourceOf(app, setting)]] : [];
    }),
  ];
}

function integrationBlocks({ known, declared: { integrations } }: DraftContext): DraftBlock[] {
  const isNeeded = appsOf(known).length + known.endpoints.length > 0;
  return [
    heading('Integrations'),
    ...(integrations.length === 0 && isNeeded ? [missing('No integration is declared.', 'integrations')] : []),
    ...table(
      ['Integration', 'App', 'Flow', 'Callback of', 'Secret of', 'Endpoints'],
      integrations.map(({ name, app, flow, callbackOwner, secretOwner, endpoints }) => [
        name,
        app ?? 'none in the package',
        flowText(flow),
        ownerText(callbackOwner),
        ownerText(secretOwner),
        (endpoints ?? []).join(', ') || 'not named',
      ])
    ),
  ];
}

function endpointBlocks({ known: { endpoints }, declared }: DraftContext, isComplete: boolean): DraftBlock[] {
  const none = isComplete ? 'The package calls no host outside Salesforce.' : 'No endpoint was found in the package.';
  const undeclared = endpoints.filter((endpoint) => integrationAt(endpoint, declared) === undefined);
  return [
    heading('Endpoints'),
    ...(endpoints.length === 0 ? [paragraph(none)] : []),
    ...table(
      ['Host', 'How', 'Integration', 'Component', 'Source'],
      endpoints.map((endpoint) => [
        endpoint.host ?? 'not in the source',
        endpoint.kind,
        integrationAt(endpoint, declared)?.name ?? 'MISSING',
        subjectText(`${endpoint.type}:${endpoint.name}`),
        at(endpoint),
      ])
    ),
    ...[...new Set(undeclared.map(undeclaredText))].map((what) => missing(what, 'integrations[].endpoints')),
  ];
}

function undeclaredText(endpoint: SubmissionFacts['endpoints'][number]): string {
  const { type, name } = endpointSubject(endpoint);
  return endpoint.host === undefined
    ? `The source does not show the address that ${subjectText(`${type}:${name}`)} calls, and no integration declares it.`
    : `No integration declares the endpoint ${name}.`;
}

/** Session IDs, canvas apps and flows in code. */
function useBlocks({ known, of }: DraftContext): DraftBlock[] {
  return [
    ...(known.sessionIds.length === 0 ? [] : [heading('Session IDs')]),
    ...table(
      ['Component', 'Taken from', 'Goes to', 'Source'],
      known.sessionIds.map(({ component, source, uses, ...where }) => [
        subjectText(`${component.type}:${component.name}`),
        source,
        uses.map(({ what }) => what).join(', '),
        at(where),
      ])
    ),
    ...of('sessionIds').flatMap(answersOf),
    ...(known.canvasUses.length === 0 ? [] : [heading('Canvas')]),
    ...table(
      ['Shown by', 'App', 'Source'],
      known.canvasUses.map(({ type, name, app, ...where }) => [
        subjectText(`${type}:${name}`),
        app ?? 'computed',
        at(where),
      ])
    ),
    ...(known.code.uses.length === 0 ? [] : [heading('Flows in the code')]),
    ...table(
      ['What', 'Form', 'In', 'Source', 'Certain'],
      known.code.uses.map(({ what, form, in: where, subject, unsure }) => [
        useTexts[what] ?? what,
        form,
        where === 'package' ? 'the package' : 'an integration',
        at(subject),
        unsure === undefined ? 'yes' : `no: ${unsure}`,
      ])
    ),
  ];
}

const packageRows = ({
  name,
  namespace,
  generation,
  ancestor,
  directories,
  aliases,
}: SubmissionFacts['project']): string[][] => [
  ['Name', name],
  ['Namespace', namespace ?? 'none in the source'],
  ['Generation', generationTexts[generation] ?? generation],
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
  label: `Justification by ${owner}, until ${shortDay(expires)}`,
  text: supplementedBy === undefined ? why : `${why} Supplemented by: ${supplementedBy}`,
});

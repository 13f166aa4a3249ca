import type { Declared, EvidenceOf, Justification, Policy, TargetReport, Waiver } from '../engine/types.js';
import { appsOf, endpointSubject, integrationAt, integrationsOf, unclaimed } from './apps.js';
import { changesSince, recordOf } from './changes.js';
import type { SubmissionFacts } from './facts.js';
import { flowsDiagram } from './flows.js';
import {
  appTopics,
  backendTopic,
  basePackageTopics,
  clientKeyTopics,
  credentialTopics,
  incidentTopic,
  keptByPartner,
  rotationTopics,
  secretsOf,
  secretTopics,
  solutionTopic,
  subscriberAppTopics,
} from './questions.js';
import type { DraftRecord } from './record.js';
import { answered, type AnsweredTopic, type Topic } from './topics.js';

/** A part of a document. Every sentence is a fact or an answer, and says where it is from. */
export type DraftBlock =
  | { kind: 'heading' | 'subheading' | 'text'; text: string }
  | { kind: 'list'; items: readonly string[]; ordered?: true }
  | { kind: 'table'; columns: readonly string[]; rows: ReadonlyArray<readonly string[]> }
  /** An answer that nobody gave; `where` is its place in the policy. */
  | { kind: 'missing'; what: string; where: string }
  /** A fact that could not be read, or not whole. */
  | { kind: 'unseen'; what: string }
  | { kind: 'answer'; label: string; text: string; from: string }
  | { kind: 'diagram'; title: string; mermaid: string };

export type DraftDocument = { file: string; title: string; blocks: readonly DraftBlock[] };
export type Draft = { documents: readonly DraftDocument[]; mermaid: string; record: DraftRecord };

/** What a draft is made of: facts, what people declared, and what the controls said. */
export type DraftInput = {
  tool: DraftRecord['tool'];
  evidence: EvidenceOf<SubmissionFacts>;
  policy: Policy;
  report: TargetReport;
};

/** The documents of a submission. Pure: the same input gives the same words. */
export const draftOf = (input: DraftInput): Draft => {
  const known = knownFacts(input.evidence);
  const { policy } = input;
  const declared: Declared = { ...policy, audited: [] };
  const mermaid = flowsDiagram(known, declared);
  const ask = (topic: Topic): AnsweredTopic => answered(topic, known.previous);
  const all = [
    solutionTopic(declared),
    ...appTopics(known, declared),
    ...clientKeyTopics(known, declared),
    ...secretTopics(known, declared),
    ...rotationTopics(known, declared),
    ...(isAskedForBackend(declared) ? [backendTopic(declared)] : []),
    ...credentialTopics(declared),
    ...basePackageTopics(known, declared),
    ...subscriberAppTopics(known, declared),
    incidentTopic(declared),
  ].map(ask);
  const record = recordOf(input, all);
  const of = (...prefixes: readonly string[]): AnsweredTopic[] =>
    all.filter(({ path }) => prefixes.some((prefix) => path === prefix || path.startsWith(`${prefix}.`)));
  const place: Place = { ...input, known, declared, of, mermaid };
  const documents: DraftDocument[] = [
    { file: '1-apps-and-flows', title: 'Apps and flows', blocks: appsAndFlows(place) },
    { file: '2-secrets', title: 'How secrets are secured', blocks: secrets(place) },
    { file: '3-backend-secret-storage', title: 'Secrets outside of Salesforce', blocks: backend(place) },
    { file: '4-credentials-checklist', title: 'Credentials for the reviewers', blocks: credentials(place) },
    { file: '5-base-packages', title: 'Base packages', blocks: basePackages(place) },
    { file: '6-subscriber-created-apps', title: 'Apps that subscribers create', blocks: subscriberApps(place) },
    { file: '7-org-hardening', title: 'Hardening of the orgs', blocks: orgHardening(place) },
    { file: '8-false-positives-and-waivers', title: 'False positives and waivers', blocks: exceptions(place) },
    { file: '9-incident-plan', title: 'Incidents', blocks: incident(place) },
  ];
  return { documents: [readme(place, documents, all, record), ...documents], mermaid, record };
};

/** Facts as far as they were seen; what was not seen is said by `unseenOf`. */
export type Known = { [K in keyof SubmissionFacts]: SubmissionFacts[K] };

const nothing: Known = {
  project: { name: '', layout: 'source-folder', isPackage: false, generation: 'unknown', directories: [], ignored: 0 },
  connectedApps: [],
  externalClientApps: [],
  canvasUses: [],
  code: { places: [], uses: [] },
  contents: { appFiles: 0, otherFiles: 0, installedPackages: [] },
  endpoints: [],
  secretStores: [],
  reports: [],
  previous: undefined,
};

const knownFacts = (evidence: EvidenceOf<SubmissionFacts>): Known => ({
  ...nothing,
  ...Object.fromEntries(
    Object.entries(evidence).flatMap(([fact, held]) => (held.status === 'unavailable' ? [] : [[fact, held.value]]))
  ),
});

type Place = DraftInput & {
  known: Known;
  declared: Declared;
  mermaid: string;
  of: (...paths: readonly string[]) => AnsweredTopic[];
};

const isAskedForBackend = (declared: Declared): boolean =>
  declared.submission.backend !== undefined || declared.integrations.some((one) => keptByPartner(one) === true);

const heading = (text: string): DraftBlock => ({ kind: 'heading', text });
const text = (said: string): DraftBlock => ({ kind: 'text', text: said });
const table = (columns: readonly string[], rows: ReadonlyArray<readonly string[]>): DraftBlock[] =>
  rows.length === 0 ? [] : [{ kind: 'table', columns, rows }];
const at = ({ file, line }: { file?: string; line?: number }): string =>
  file === undefined ? '' : line === undefined ? file : `${file}:${line}`;

/** What could not be read of the facts under a document. */
const unseenOf = ({ evidence }: Place, ...facts: ReadonlyArray<keyof SubmissionFacts>): DraftBlock[] =>
  facts.flatMap((fact): DraftBlock[] => {
    const held = evidence[fact];
    return held === undefined || held.status === 'complete' ? [] : [{ kind: 'unseen', what: held.gap.detail }];
  });

/** What no integration names: the questions of this document may be open for it. */
const unclaimedIn = ({ known, declared }: Place): DraftBlock[] =>
  unclaimed(known, declared).map(({ detail }) => ({
    kind: 'unseen',
    what: `${detail} What it asks for is not known.`,
  }));

/** The answers of a topic, and what is missing of them. */
const answersOf = ({ questions, changedSince, path, title }: AnsweredTopic): DraftBlock[] => [
  ...questions.flatMap(({ asks, path: from, text: said, missing, carried }): DraftBlock[] => {
    if (missing) return [{ kind: 'missing', what: `${asks} ${missing}.`, where: from }];
    if (said === undefined) return [];
    return [
      {
        kind: 'answer',
        label: asks,
        text: said,
        from: carried ? `${from}, carried over from the previous draft` : from,
      },
    ];
  }),
  ...(changedSince === undefined
    ? []
    : [
        {
          kind: 'missing' as const,
          what: `What the source says about ${title} has changed since the draft of ${changedSince.slice(0, 10)}; nobody confirmed the answers.`,
          where: `submission.${path}.confirmed`,
        },
      ]),
];

const appsAndFlows = (place: Place): DraftBlock[] => {
  const { known, declared, of, policy, mermaid } = place;
  const apps = appsOf(known);
  const whole = ['connectedApps', 'externalClientApps', 'endpoints', 'canvasUses'].every(
    (fact) => place.evidence[fact as keyof SubmissionFacts]?.status === 'complete'
  );
  const scopes = new Set(['package/broad-scopes-justified']);
  return [
    ...of('solution').flatMap(answersOf),
    ...unseenOf(place, 'connectedApps', 'externalClientApps', 'canvasUses', 'endpoints', 'code'),
    ...(mermaid === '' ? [] : [{ kind: 'diagram' as const, title: 'Who talks to whom', mermaid }]),
    heading('Package'),
    ...table(['Fact', 'Value'], packageRows(known.project)),
    heading('Apps'),
    ...(apps.length === 0
      ? [
          text(
            whole ? 'The package holds no Connected App and no External Client App.' : 'No app was seen in the package.'
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
        flow ?? 'not said',
        callbackOwner ?? 'not said',
        secretOwner ?? 'not said',
        (endpoints ?? []).join(', ') || 'none said',
      ])
    ),
    heading('Endpoints'),
    ...(known.endpoints.length === 0
      ? [text(whole ? 'The package talks to no host outside of Salesforce.' : 'No endpoint was seen in the package.')]
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
              ? `Where ${type}:${name} leads is not in the source, and no integration declares it.`
              : `No integration declares the endpoint ${name}.`;
          })
      ),
    ].map((what) => missing(what, 'integrations[].endpoints')),
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
  ...(isPackage ? [] : [['Packaged', 'no: nothing of this source is packaged']]),
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

const missing = (what: string, where: string): DraftBlock => ({ kind: 'missing', what, where });

const integrationText = ({
  name,
  flow,
  callbackOwner,
  secretOwner,
  endpoints,
}: Declared['integrations'][number]): string =>
  [
    `Integration ${name}: flow ${flow ?? 'not said'}`,
    ...(callbackOwner ? [`callback of the ${callbackOwner}`] : []),
    ...(secretOwner ? [`secret of the ${secretOwner}`] : []),
    ...(endpoints?.length ? [`endpoints ${endpoints.join(', ')}`] : []),
  ].join(', ') + ' (policy, integrations).';

const justified = ({ why, supplementedBy, owner, expires, control }: Justification): DraftBlock => ({
  kind: 'answer',
  label: `Justification for ${control}, by ${owner}, until ${expires}`,
  text: supplementedBy === undefined ? why : `${why} Supplemented by: ${supplementedBy}`,
  from: 'justifications',
});

const secrets = (place: Place): DraftBlock[] => {
  const all = secretsOf(place.known, place.declared);
  return [
    ...unseenOf(place, 'secretStores'),
    ...unclaimedIn(place),
    ...(all.length === 0
      ? [text('No place for a secret was seen in the package, and no declared integration logs in.')]
      : []),
    ...all.flatMap(({ name, origin, said }): DraftBlock[] => [
      heading(name),
      text(`Where it was seen: ${origin}.`),
      ...(said === undefined ? [] : [text(`Named ${said.name} in the policy, submission.secrets.`)]),
      ...place.of(`secrets.${name}`).flatMap(answersOf),
    ]),
  ];
};

const backend = (place: Place): DraftBlock[] => {
  const { declared } = place;
  const kept = declared.integrations.filter((one) => keptByPartner(one) === true);
  const open = declared.integrations.filter((one) => keptByPartner(one) === undefined);
  return [
    ...unclaimedIn(place),
    ...table(
      ['Integration', 'Flow', 'Callback of', 'Secret of'],
      kept.map(({ name, flow, callbackOwner, secretOwner }) => [
        name,
        flow ?? '',
        callbackOwner ?? '',
        secretOwner ?? '',
      ])
    ),
    ...(kept.length === 0 && open.length === 0
      ? [text('No declared integration has a secret or a callback of the partner.')]
      : []),
    ...open.map(({ name }) =>
      missing(`Whose the secret of the integration ${name} is, is not answered.`, `integrations.${name}.secretOwner`)
    ),
    ...place.of('backend').flatMap(answersOf),
  ];
};

const credentials = (place: Place): DraftBlock[] => {
  const topics = place.of('credentials');
  return [
    text('Passwords are handed over as each entry says; none stands in these documents.'),
    ...unclaimedIn(place),
    ...(topics.length === 0 ? [text('No declared integration logs in anywhere.')] : []),
    ...topics.flatMap((topic): DraftBlock[] => [heading(topic.path.replace('credentials.', '')), ...answersOf(topic)]),
  ];
};

const basePackages = (place: Place): DraftBlock[] => {
  const { project, contents } = place.known;
  const topics = place.of('basePackages');
  return [
    ...unseenOf(place, 'contents'),
    ...table(
      ['Dependency', 'Id', 'Source'],
      [
        ...(project.dependencies ?? []).map((name) => [name, project.aliases?.[name] ?? '', 'sfdx-project.json']),
        ...contents.installedPackages.map((one) => [one.value, '', at(one)]),
      ]
    ),
    ...(topics.length === 0 ? [text('The source names no package that this one extends.')] : []),
    ...(contents.appFiles > 0 && contents.otherFiles === 0
      ? [
          text('The package holds nothing but apps.'),
          ...(topics.length === 0
            ? [missing('Which package its apps belong to is not answered.', 'submission.basePackages')]
            : []),
        ]
      : []),
    ...topics.flatMap((topic): DraftBlock[] => [heading(topic.path.replace('basePackages.', '')), ...answersOf(topic)]),
  ];
};

const subscriberApps = (place: Place): DraftBlock[] => {
  const topics = place.of('subscriberApps');
  return [
    ...unclaimedIn(place),
    ...(topics.length === 0 ? [text('No declared integration has its app in the subscriber org.')] : []),
    ...topics.flatMap((topic): DraftBlock[] => [
      heading(topic.path.replace('subscriberApps.', '')),
      ...answersOf(topic),
    ]),
  ];
};

const orgHardening = ({ known }: Place): DraftBlock[] => {
  const targets = known.reports.flatMap(({ file, report }) => report.targets.map((target) => ({ file, target })));
  return [
    ...(targets.some(({ target }) => target.target.kind === 'org')
      ? []
      : [
          {
            kind: 'unseen' as const,
            what: 'No report of audit-org was given with --report, so nothing is said about the orgs.',
          },
        ]),
    ...targets.flatMap(({ file, target: { target, asOf, gate, results, error, notices } }): DraftBlock[] => [
      heading(`${target.kind === 'org' ? 'Org' : 'Package'} ${target.name}`),
      text(
        `${target.orgId === undefined ? '' : `Org id ${target.orgId}, `}as of ${asOf.slice(0, 10)}, gate ${gate}. Source: ${file}`
      ),
      ...(error ? [{ kind: 'unseen' as const, what: `It could not be opened: ${error.message}` }] : []),
      ...table(
        ['Control', 'Verdict', 'Reason', 'Waived'],
        results.map(({ control, verdict, reason, findings }) => [
          control.id,
          verdict,
          reason,
          findings.flatMap(({ waiver }) => (waiver ? [waiver.subject] : [])).join(', '),
        ])
      ),
      ...(notices.length === 0 ? [] : [{ kind: 'list' as const, items: notices }]),
    ]),
  ];
};

const exceptions = ({ policy, known }: Place): DraftBlock[] => {
  const given = known.reports.flatMap(({ file, report }) =>
    report.targets.flatMap(({ target, results }) =>
      results.flatMap(({ control, findings }) =>
        findings.flatMap(({ subject, waiver, justification }) =>
          waiver !== undefined || justification !== undefined
            ? [[control.id, `${subject.type}:${subject.name}`, waiver ? 'waived' : 'justified', target.name, file]]
            : []
        )
      )
    )
  );
  const waiverRow = ({ control, subject, reason, owner, expires }: Waiver): string[] => [
    control,
    subject,
    reason,
    owner,
    expires,
  ];
  const blocks = [
    heading('False positives of scanners'),
    ...table(
      ['Tool', 'Finding', 'Why it is none'],
      policy.submission.falsePositives.map(({ tool, finding, reason }) => [tool, finding, reason])
    ),
    ...(policy.submission.falsePositives.length === 0 ? [text('None is declared in submission.falsePositives.')] : []),
    heading('Waivers'),
    ...table(['Control', 'Subject', 'Reason', 'Owner', 'Until'], policy.waivers.map(waiverRow)),
    ...(policy.waivers.length === 0 ? [text('The policy holds none.')] : []),
    heading('Justifications'),
    ...table(
      ['Control', 'Subject', 'Why', 'Supplemented by', 'Owner', 'Until'],
      policy.justifications.map(({ control, subject, why, supplementedBy, owner, expires }) => [
        control,
        subject,
        why,
        supplementedBy ?? '',
        owner,
        expires,
      ])
    ),
    ...(policy.justifications.length === 0 ? [text('The policy holds none.')] : []),
  ];
  return [
    ...blocks,
    ...(given.length === 0 ? [] : [heading('What they cover in the reports')]),
    ...table(['Control', 'Subject', 'How', 'Target', 'Report'], given),
  ];
};

const incident = (place: Place): DraftBlock[] => [
  text(
    'Suspicious activity and incidents that affect the applications, or secrets of customers, are reported to Salesforce at once, to security@salesforce.com.'
  ),
  {
    kind: 'list',
    ordered: true,
    items: [
      'Report to security@salesforce.com, and name the apps and the subscribers that may be affected.',
      'Revoke what was exposed: tokens, then secrets and certificates.',
      'Tell the subscribers what they must rotate, and how.',
      'Close the cause, audit the orgs again, and keep both reports.',
    ],
  },
  ...place.of('incident').flatMap(answersOf),
];

const readme = (
  place: Place,
  documents: readonly DraftDocument[],
  all: readonly AnsweredTopic[],
  record: DraftRecord
): DraftDocument => {
  const { known, report, tool } = place;
  const { previous } = known;
  const gaps = documents.map(({ file, title, blocks }) => ({
    file,
    title,
    missing: blocks.filter(({ kind }) => kind === 'missing').length,
    unseen: blocks.filter(({ kind }) => kind === 'unseen').length,
  }));
  const undone = report.results.filter(({ verdict }) => verdict === 'fail' || verdict === 'inconclusive');
  return {
    file: 'README',
    title: `Submission of ${report.target.name}`,
    blocks: [
      text(`As of ${report.asOf.slice(0, 10)}, gate ${report.gate}. Made by ${tool.name} ${tool.version}.`),
      heading('Documents'),
      ...table(
        ['Document', 'File', 'Missing answers', 'Not seen'],
        gaps.map(({ file, title, missing: answers, unseen }) => [title, `${file}.md`, String(answers), String(unseen)])
      ),
      heading('What is missing'),
      ...documents.flatMap(({ blocks }) => blocks.filter(({ kind }) => kind === 'missing' || kind === 'unseen')),
      ...(gaps.every((one) => one.missing + one.unseen === 0) ? [text('Nothing: every answer is there.')] : []),
      heading('Who must do what'),
      ...table(
        ['Control', 'Verdict', 'What to do'],
        undone.map(({ control, verdict }) => [control.id, verdict, control.remediation.replaceAll('`', '')])
      ),
      ...(undone.length === 0 ? [text('No control of the submission asks for anything.')] : []),
      ...(previous === undefined ? [] : [heading('What has changed'), ...changesSince(previous, record, all)]),
    ],
  };
};

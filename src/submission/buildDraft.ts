import type { Declared, EvidenceOf, Policy, TargetReport } from '../engine/types.js';
import { recordOf } from './documents/changes.js';
import { appsAndFlows } from './documents/appsAndFlows.js';
import { backend } from './documents/backend.js';
import { basePackages } from './documents/basePackages.js';
import { credentials } from './documents/credentials.js';
import { exceptions } from './documents/exceptions.js';
import { incident } from './documents/incident.js';
import { orgHardening } from './documents/orgHardening.js';
import { cover } from './documents/cover.js';
import { todo } from './documents/todo.js';
import { secrets } from './documents/secrets.js';
import { subscriberApps } from './documents/subscriberApps.js';
import type { SubmissionFacts } from './facts.js';
import { flowsDiagram } from './documents/flowDiagram.js';
import {
  appTopics,
  backendTopic,
  basePackageTopics,
  clientKeyTopics,
  credentialTopics,
  incidentTopic,
  keptByPartner,
  rotationTopics,
  secretTopics,
  sessionTopics,
  solutionTopic,
  subscriberAppTopics,
} from './questions/topics.js';
import type { DraftRecord } from './draftRecord.js';
import { questionsOf } from './questions/skeleton.js';
import { answered, type AnsweredTopic, type Topic } from './questions/answers.js';

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
/** `documents` are for the reviewers, `todo` is for the author. */
export type Draft = {
  documents: readonly DraftDocument[];
  todo: DraftDocument;
  mermaid: string;
  record: DraftRecord;
  /** A policy in YAML with a place for every missing answer. */
  questions: string;
};

/** The input of a draft: facts, declarations of the policy, and the results of the controls. */
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
    ...sessionTopics(known, declared),
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
  const place: DraftContext = { ...input, known, declared, of, mermaid };
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
  return {
    documents: [cover(place, documents), ...documents],
    todo: todo(place, documents, all, record),
    mermaid,
    record,
    questions: questionsOf(all, known, declared),
  };
};

/** Facts as far as they were read; `unseenOf` lists what could not be checked. */
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
  sessionIds: [],
  reports: [],
  previous: undefined,
};

const knownFacts = (evidence: EvidenceOf<SubmissionFacts>): Known => ({
  ...nothing,
  ...Object.fromEntries(
    Object.entries(evidence).flatMap(([fact, held]) => (held.status === 'unavailable' ? [] : [[fact, held.value]]))
  ),
});

/** What a document is written from. */
export type DraftContext = DraftInput & {
  known: Known;
  declared: Declared;
  mermaid: string;
  /** The topics at these places of the policy, and below them. */
  of: (...paths: readonly string[]) => AnsweredTopic[];
};

const isAskedForBackend = (declared: Declared): boolean =>
  declared.submission.backend !== undefined || declared.integrations.some((one) => keptByPartner(one) === true);

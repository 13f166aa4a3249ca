import type { Declared, EvidenceOf } from '../engine/types.js';
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
import type { Draft, DraftContext, DraftDocument, DraftInput } from './draftModel.js';
import { questionsOf } from './questions/skeleton.js';
import { answered, type AnsweredTopic, type Topic } from './questions/answers.js';

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

const nothing: SubmissionFacts = {
  project: { name: '', layout: 'source-folder', generation: 'unknown', directories: [], ignored: 0 },
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

const knownFacts = (evidence: EvidenceOf<SubmissionFacts>): SubmissionFacts => ({
  ...nothing,
  ...Object.fromEntries(
    Object.entries(evidence).flatMap(([fact, held]) => (held.status === 'unavailable' ? [] : [[fact, held.value]]))
  ),
});

const isAskedForBackend = (declared: Declared): boolean =>
  declared.submission.backend !== undefined || declared.integrations.some((one) => keptByPartner(one) === true);

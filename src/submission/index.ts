import { complete, unavailable } from '../engine/evidence.js';
import type { Collector, Domain, EvidenceOf } from '../engine/types.js';
import type { PackageFacts } from '../package/facts.js';
import { submissionControls } from './controls/index.js';
import type { FactOfPackage, SubmissionFacts } from './facts.js';

export { combined } from './combinePackages.js';
export { draftOf } from './buildDraft.js';
export type { Draft, DraftBlock, DraftDocument } from './draftModel.js';
export { factsOfPackage, type GivenReport, type SubmissionFacts } from './facts.js';
export { draftJsonSchema, draftSchema, isWhole, type DraftRecord } from './draftRecord.js';
export { secretsIn, type SecretPlace } from './secretsInAnswers.js';

/** What a submission is drafted from: everything was read before. */
type SubmissionSource = {
  evidence: EvidenceOf<PackageFacts>;
  reports: SubmissionFacts['reports'];
  previous: SubmissionFacts['previous'];
};

/** A fact of the package, as it was collected: what was read in part stays a part. */
const ofPackage = <K extends FactOfPackage>(
  fact: K,
  ...reads: readonly string[]
): Collector<SubmissionSource, PackageFacts[K]> => ({
  reads,
  requires: [],
  collect: ({ evidence }) =>
    Promise.resolve(evidence[fact] ?? unavailable({ kind: 'error', detail: 'This fact was not collected.' })),
});

/** The submission: are the answers and documents that it needs there, and complete? */
export const submissionDomain: Domain<SubmissionSource, SubmissionFacts> = {
  name: 'submission',
  collectors: {
    project: ofPackage('project', 'sfdx-project.json'),
    connectedApps: ofPackage('connectedApps', 'ConnectedApp'),
    externalClientApps: ofPackage('externalClientApps', 'ExternalClientApplication and its settings'),
    canvasUses: ofPackage('canvasUses', 'Visualforce, Aura, QuickAction'),
    code: ofPackage('code', 'Apex, Visualforce, LWC, Aura, static resources', 'code of integrations'),
    contents: ofPackage('contents', 'the names of the files of the package'),
    endpoints: ofPackage(
      'endpoints',
      'RemoteSiteSetting, CspTrustedSite, NamedCredential, ExternalCredential, AuthProvider, Workflow',
      'Apex, Visualforce, LWC, Aura, static resources'
    ),
    secretStores: ofPackage('secretStores', 'CustomObject', 'CustomMetadata'),
    sessionIds: ofPackage('sessionIds', 'Apex, Visualforce, LWC, Aura, static resources, fields'),
    reports: {
      reads: ['reports of this tool'],
      requires: [],
      collect: ({ reports }) => Promise.resolve(complete(reports)),
    },
    previous: {
      reads: ['draft.json of the previous draft'],
      requires: [],
      collect: ({ previous }) => Promise.resolve(complete(previous)),
    },
  },
  controls: submissionControls,
  describes: ['project'],
  describe: ({ project }) => ({
    ...(project === undefined || project.status === 'unavailable' ? {} : { name: project.value.name }),
    notices: [],
  }),
};

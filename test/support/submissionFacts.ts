import type { Declared, Integration, Submission } from '../../src/engine/types.js';
import type { SubmissionFacts } from '../../src/submission/facts.js';
import { answered, topicAnswers, type Topic } from '../../src/submission/questions/answers.js';
import { hashOf, sealed, type DraftRecord } from '../../src/submission/draftRecord.js';
import { packageFacts } from './packageFacts.js';
import { nothingAnswered } from './submission.js';

/** A whole package, no report, and no earlier draft, unless the case says otherwise. */
export const submissionFacts = (facts: Partial<SubmissionFacts> = {}): SubmissionFacts => {
  const {
    project,
    connectedApps,
    externalClientApps,
    canvasUses,
    code,
    contents,
    endpoints,
    secretStores,
    sessionIds,
  } = packageFacts();
  return {
    project,
    connectedApps,
    externalClientApps,
    canvasUses,
    code,
    contents,
    endpoints,
    secretStores,
    sessionIds,
    reports: [],
    previous: undefined,
    ...facts,
  };
};

export const endpoint = (host?: string, name = 'Gateway'): SubmissionFacts['endpoints'][number] => ({
  ...(host === undefined ? {} : { host }),
  kind: 'callout',
  type: 'ApexClass',
  name,
  file: `force-app/classes/${name}.cls`,
  line: 7,
});

export const gateway: Integration = {
  name: 'Gateway',
  app: 'Acme',
  flow: 'authorization-code',
  callbackOwner: 'isv',
  secretOwner: 'isv',
  endpoints: ['api.acme.example'],
};

/** What the policy declares: the integrations, and these answers. */
export const declaring = (
  integrations: readonly Integration[],
  submission: Partial<Submission> = {}
): { declared: Pick<Declared, 'integrations' | 'submission'> } => ({
  declared: { integrations, submission: { ...nothingAnswered, ...submission } },
});

/** An earlier draft in which these topics were answered as they are now, with other facts if it says so. */
export const draftBefore = (topics: readonly Topic[], otherFacts = false): DraftRecord =>
  sealed({
    schemaVersion: 1,
    tool: { name: 'sf-plugin-security-review', version: '0.1.0' },
    asOf: '2026-05-01T00:00:00.000Z',
    package: 'acme',
    topics: Object.fromEntries(
      topics.map((topic) => [
        topic.path,
        {
          facts: otherFacts ? hashOf('other') : hashOf(topic.facts),
          answers: topicAnswers(answered(topic, undefined)),
        },
      ])
    ),
    facts: {},
  });

import type { EvidenceOf } from '../../engine/types.js';
import { appsOf } from '../packageApps.js';
import type { DraftBlock, DraftInput } from '../draftModel.js';
import type { SubmissionFacts } from '../facts.js';
import { hashOf, sealed, type DraftRecord } from '../draftRecord.js';
import { topicAnswers, type AnsweredTopic } from '../questions/answers.js';
import { shortDay } from '../../common/dates.js';
import { paragraph, table } from './blocks.js';

/** What this draft says about itself for the next one. */
export const recordOf = ({ tool, report, evidence }: DraftInput, topics: readonly AnsweredTopic[]): DraftRecord => {
  const previous = evidence.previous?.status === 'complete' ? evidence.previous.value : undefined;
  return sealed({
    schemaVersion: 1,
    tool,
    asOf: report.asOf,
    package: report.target.name,
    topics: Object.fromEntries(
      topics.map((topic) => {
        // The next draft asks again for what was not confirmed.
        const before = topic.changedSince === undefined ? undefined : previous?.topics[topic.path];
        return [topic.path, { facts: before?.facts ?? hashOf(topic.facts), answers: topicAnswers(topic) }];
      })
    ),
    facts: comparedFacts(evidence),
  });
};

/** Only what was seen whole is compared: else a file that could not be read would look like a removal. */
const comparedFacts = ({
  project,
  connectedApps,
  externalClientApps,
  endpoints,
  secretStores,
}: EvidenceOf<SubmissionFacts>): Record<string, string[]> => {
  const facts: Record<string, string[]> = {};
  if (project?.status === 'complete') facts.dependencies = [...(project.value.dependencies ?? [])].sort();
  if (
    project?.status === 'complete' &&
    connectedApps?.status === 'complete' &&
    externalClientApps?.status === 'complete'
  ) {
    const apps = appsOf({
      project: project.value,
      connectedApps: connectedApps.value,
      externalClientApps: externalClientApps.value,
    });
    const each = (key: 'scopes' | 'callbacks'): string[] =>
      unique(
        apps.flatMap(({ subject, settings }) =>
          settings.flatMap((one) => (one[key] ?? []).map(({ value }) => `${subject.name} ${value}`))
        )
      );
    facts.apps = unique(apps.map(({ subject }) => `${subject.type} ${subject.name}`));
    facts.scopes = each('scopes');
    facts.callbacks = each('callbacks');
  }
  if (endpoints?.status === 'complete') {
    facts.endpoints = unique(endpoints.value.map(({ host, type, name }) => host ?? `${type}:${name} (computed)`));
  }
  if (secretStores?.status === 'complete') facts['secret stores'] = unique(secretStores.value.map(({ name }) => name));
  return facts;
};

const unique = (texts: readonly string[]): string[] => [...new Set(texts)].sort();

/** What a reviewer of the next version wants to see first. */
export const changesSince = (
  previous: DraftRecord,
  now: DraftRecord,
  topics: readonly AnsweredTopic[]
): DraftBlock[] => {
  const rows = Object.keys({ ...previous.facts, ...now.facts })
    .sort()
    .flatMap((fact) => factRows(fact, previous.facts[fact], now.facts[fact]));
  const [before, after] = [answersIn(previous), answersIn(now)];
  const changed = Object.keys({ ...before, ...after })
    .sort()
    .filter((path) => before[path] !== after[path])
    .map((path) => {
      const how = before[path] === undefined ? 'added' : after[path] === undefined ? 'removed' : 'changed';
      return ['answers', how, path];
    });
  const carried = topics.flatMap(({ questions }) =>
    questions.flatMap(({ path, carried: isCarried }) => (isCarried ? [['answers', 'carried over', path]] : []))
  );
  const all = [...rows, ...changed, ...carried];
  return [
    paragraph(`Compared with the draft of ${shortDay(previous.asOf)}.`),
    ...(all.length === 0 ? [paragraph('The compared facts have not changed.')] : table(['What', 'How', 'Which'], all)),
  ];
};

function factRows(
  fact: string,
  before: readonly string[] | undefined,
  after: readonly string[] | undefined
): string[][] {
  if (!before || !after) return [[fact, 'not compared', 'one of the two drafts is not complete']];
  return [
    ...after.filter((one) => !before.includes(one)).map((one) => [fact, 'added', one]),
    ...before.filter((one) => !after.includes(one)).map((one) => [fact, 'removed', one]),
  ];
}

function answersIn({ topics }: DraftRecord): Record<string, string> {
  return Object.assign({}, ...Object.values(topics).map(({ answers }) => answers)) as Record<string, string>;
}

import type { TargetReport } from '../../engine/types.js';
import { unclaimed } from '../packageApps.js';
import type { DraftBlock, DraftContext } from '../draftModel.js';
import type { SubmissionFacts } from '../facts.js';
import type { AnsweredTopic } from '../questions/answers.js';
import { shortDay } from '../../common/dates.js';

export const heading = (text: string): DraftBlock => ({ kind: 'heading', text });

export const paragraph = (text: string): DraftBlock => ({ kind: 'text', text });

/** A table, unless it has no row. */
export const table = (columns: readonly string[], rows: ReadonlyArray<readonly string[]>): DraftBlock[] =>
  rows.length === 0 ? [] : [{ kind: 'table', columns, rows }];

export const missing = (what: string, where: string): DraftBlock => ({ kind: 'missing', what, where });

/** The location of a fact, as `file:line`. */
export const at = ({ file, line }: { file?: string; line?: number }): string =>
  file === undefined ? '' : line === undefined ? file : `${file}:${line}`;

/** The targets of the reports that were given. */
export const targetsIn = ({ known }: Pick<DraftContext, 'known'>): TargetReport[] =>
  known.reports.flatMap(({ report }) => report.targets);

/** What could not be read of the facts under a document. */
export const unseenOf = ({ evidence }: DraftContext, ...facts: ReadonlyArray<keyof SubmissionFacts>): DraftBlock[] =>
  facts.flatMap((fact): DraftBlock[] => {
    const held = evidence[fact];
    return held === undefined || held.status === 'complete' ? [] : [{ kind: 'unseen', what: held.gap.detail }];
  });

/** What no integration names: the questions of this document may be open for it. */
export const unclaimedIn = ({ known, declared }: DraftContext): DraftBlock[] =>
  unclaimed(known, declared).map(({ detail }) => ({
    kind: 'unseen',
    what: `${detail} Its answers could not be checked.`,
  }));

/** The answers of topics that have a name each, such as `credentials.<name>`, under that name. */
export const answersByName = (section: string, topics: readonly AnsweredTopic[]): DraftBlock[] =>
  topics.flatMap((topic) => [heading(topic.path.replace(`${section}.`, '')), ...answersOf(topic)]);

/** The answers of a topic, and what is missing of them. */
export const answersOf = ({ questions, changedSince, path, title }: AnsweredTopic): DraftBlock[] => [
  ...questions.flatMap(({ asks, path: where, text, missing: why }): DraftBlock[] => {
    if (why) return [missing(`${asks} ${why}.`, where)];
    return text === undefined ? [] : [{ kind: 'answer', label: asks, text }];
  }),
  ...(changedSince === undefined
    ? []
    : [
        missing(
          `The facts about ${title} have changed since the draft of ${shortDay(changedSince)}, and the answers were not confirmed.`,
          `submission.${path}.confirmed`
        ),
      ]),
];

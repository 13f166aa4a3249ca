import type { Declared, Gap, Latent, Violation, Subject } from '../../engine/types.js';
import { hashOf, type DraftRecord } from '../draftRecord.js';
import { shortDay } from '../../common/dates.js';

/** One answer that the submission needs. `path` is its place in the policy, by names. */
type Question = {
  path: string;
  /** Begins a sentence that ends in "is not answered". */
  asks: string;
  /** The words that the policy takes, where it takes only these. */
  choices?: string;
  answer: string | number | undefined;
  /** The answer must be a sentence; otherwise a word is enough. */
  sentence?: boolean;
  /** The answer may be missing. */
  optional?: boolean;
};

/** Questions about the same facts. If the facts change, the answers must be confirmed. */
export type Topic = {
  /** Without the leading `submission.`. */
  path: string;
  title: string;
  /** The facts that the answers are about, without places. */
  facts: unknown;
  confirmed: string | undefined;
  questions: readonly Question[];
};

/** A question about one key of an entry of the policy. */
type KeyQuestion<Entry> = Omit<Question, 'path' | 'answer'> & { key: keyof Entry & string };

/** A topic about one entry of the policy, or about a missing one. */
export const topicAbout = <Entry extends { confirmed?: string }>(
  about: Pick<Topic, 'path' | 'title' | 'facts'>,
  entry: Entry | undefined,
  questions: ReadonlyArray<KeyQuestion<Entry>>
): Topic => ({
  ...about,
  confirmed: entry?.confirmed,
  questions: questions.map(({ key, ...question }) => ({
    path: `submission.${about.path}.${key}`,
    ...question,
    answer: entry?.[key] as Question['answer'],
  })),
});

type AnsweredQuestion = Omit<Question, 'answer'> & {
  /** What counts as an answer. */
  text?: string;
  /** The answer is from the previous draft, because the policy no longer has it. */
  carried?: true;
  /** Why there is no answer. */
  missing?: 'is not answered' | 'is answered with a placeholder' | 'is answered with less than a sentence';
};

export type AnsweredTopic = Omit<Topic, 'questions'> & {
  questions: readonly AnsweredQuestion[];
  /** The facts have changed since the draft of this moment, and the answers have not. */
  changedSince?: string;
};

const placeholder =
  /\b(?:to-?do|tbd|tba|fixme|lorem ipsum|x{3,})\b|<[^<>]*>|^(?:n\/?a|none|unknown|later|same|-+|_+|\?+|\.+|…)\.?$|^(?:\.{3}|…)|\{\{/i;

/** Why a text is not an answer; `undefined` for an answer. */
const whyNoAnswer = (text: string, sentence: boolean): AnsweredQuestion['missing'] => {
  const plain = text.trim();
  if (plain === '') return 'is not answered';
  if (placeholder.test(plain)) return 'is answered with a placeholder';
  return sentence && plain.split(/\s+/).length < 3 ? 'is answered with less than a sentence' : undefined;
};

/** Joins a topic with what the draft before says about it. */
export const answered = (topic: Topic, previous: DraftRecord | undefined): AnsweredTopic => {
  const before = previous?.topics[topic.path];
  const same = before?.facts === hashOf(topic.facts);
  const questions = topic.questions.map(({ answer, ...question }): AnsweredQuestion => {
    if (answer === undefined) {
      const carried = same ? before.answers[question.path] : undefined;
      if (carried !== undefined) return { ...question, text: carried, carried: true };
      return { ...question, ...(question.optional ? {} : { missing: 'is not answered' }) };
    }
    const text = String(answer);
    const missing = whyNoAnswer(text, question.sentence ?? false);
    return missing ? { ...question, missing } : { ...question, text };
  });
  const stale =
    previous !== undefined &&
    before !== undefined &&
    !same &&
    Object.keys(before.answers).length > 0 &&
    hashOf(before.answers) === hashOf(topicAnswers({ ...topic, questions }));
  return { ...topic, questions, ...(stale ? { changedSince: previous.asOf } : {}) };
};

/** The answers of a topic, with the day of their confirmation. */
export const topicAnswers = ({
  path,
  confirmed,
  questions,
}: Omit<AnsweredTopic, 'changedSince'>): Record<string, string> =>
  Object.fromEntries([
    ...questions.flatMap(({ path: at, text }) => (text === undefined ? [] : [[at, text] as const])),
    ...(confirmed === undefined ? [] : [[`submission.${path}.confirmed`, confirmed] as const]),
  ]);

export const settingAt = (path: string): Subject => ({ type: 'Setting', name: path });

/** The findings of a topic: each missing answer is a violation, with a gap that names it. */
export const lookAt = ({ path, title, questions, changedSince }: AnsweredTopic): Array<Violation | Latent | Gap> => [
  ...questions.flatMap(({ path: at, asks, missing, carried }): Array<Violation | Latent | Gap> => {
    if (missing) return unanswered(at, `${asks} ${missing}.`);
    if (!carried) return [];
    const message = `${asks} is answered only in the previous draft. Write it into the policy again.`;
    return [{ kind: 'latent', subject: settingAt(at), message }];
  }),
  ...(changedSince === undefined
    ? []
    : unanswered(
        `submission.${path}`,
        `The facts about ${title} have changed since the draft of ${shortDay(changedSince)}, and the ` +
          'answers have not. Read them again, then change them or set confirmed to the day.',
        'confirm'
      )),
];

/** A violation, and the gap that names it. */
export const unanswered = (path: string, message: string, at?: string): [Violation, Gap] => [
  { kind: 'violation', subject: settingAt(path), message, ...(at === undefined ? {} : { at }) },
  { kind: 'not-given', detail: message, subject: settingAt(path) },
];

/** The entries of a list whose names the package or the policy does not have. */
export const unreferencedEntries = <T>(
  section: string,
  entries: readonly T[],
  nameOf: (entry: T) => string,
  known: (name: string) => boolean,
  what: string
): Latent[] =>
  entries
    .map(nameOf)
    .filter((name) => !known(name))
    .map((name) => ({
      kind: 'latent',
      subject: settingAt(`submission.${section}.${name}`),
      message: `submission.${section} has an entry for ${name}, which is not ${what}.`,
    }));

/** The facts of an integration in the policy that its answers depend on. */
export const integrationFacts = ({ integrations }: Declared, name: string): unknown =>
  integrations
    .filter((integration) => integration.name === name)
    .map(({ app, flow, callbackOwner, secretOwner, endpoints }) => ({
      app,
      flow,
      callbackOwner,
      secretOwner,
      endpoints,
    }));

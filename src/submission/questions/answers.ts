import type { Declared, Gap, Latent, Violation, Subject } from '../../engine/types.js';
import { hashOf, type DraftRecord } from '../draftRecord.js';

/** One answer that the submission needs. `path` is its place in the policy, by names. */
export type Question = {
  path: string;
  /** Begins a sentence that ends in "is not answered". */
  asks: string;
  answer: string | number | undefined;
  /** It takes a sentence; else a word is enough. */
  sentence?: boolean;
  /** Nobody must answer it. */
  optional?: boolean;
};

/** What belongs together: if its facts change, its answers are asked again. */
export type Topic = {
  /** Without the leading `submission.`. */
  path: string;
  title: string;
  /** The facts that the answers are about, without places. */
  facts: unknown;
  confirmed: string | undefined;
  questions: readonly Question[];
};

export type Answered = Omit<Question, 'answer'> & {
  /** What counts as an answer. */
  text?: string;
  /** From the draft before, since the policy no longer says it. */
  carried?: true;
  /** Why there is none. */
  missing?: 'is not answered' | 'is answered with a placeholder' | 'is answered with less than a sentence';
};

export type AnsweredTopic = Omit<Topic, 'questions'> & {
  questions: readonly Answered[];
  /** The facts have changed since the draft of this moment, and the answers have not. */
  changedSince?: string;
};

const placeholder =
  /\b(?:to-?do|tbd|tba|fixme|lorem ipsum|x{3,})\b|<[^<>]*>|^(?:n\/?a|none|unknown|later|same|-+|_+|\?+|\.+|…)\.?$|^(?:\.{3}|…)|\{\{/i;

/** Why a text is no answer, if it is none. */
export const whyNoAnswer = (text: string, sentence: boolean): Answered['missing'] => {
  const plain = text.trim();
  if (plain === '') return 'is not answered';
  if (placeholder.test(plain)) return 'is answered with a placeholder';
  return sentence && plain.split(/\s+/).length < 3 ? 'is answered with less than a sentence' : undefined;
};

/** Joins a topic with what the draft before says about it. */
export const answered = (topic: Topic, previous: DraftRecord | undefined): AnsweredTopic => {
  const before = previous?.topics[topic.path];
  const same = before?.facts === hashOf(topic.facts);
  const questions = topic.questions.map(({ answer, ...question }): Answered => {
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
    hashOf(before.answers) === hashOf(answersOf({ ...topic, questions }));
  return { ...topic, questions, ...(stale ? { changedSince: previous.asOf } : {}) };
};

/** The answers of a topic, with the day on which somebody confirmed them. */
export const answersOf = ({
  path,
  confirmed,
  questions,
}: Omit<AnsweredTopic, 'changedSince'>): Record<string, string> =>
  Object.fromEntries([
    ...questions.flatMap(({ path: at, text }) => (text === undefined ? [] : [[at, text] as const])),
    ...(confirmed === undefined ? [] : [[`submission.${path}.confirmed`, confirmed] as const]),
  ]);

export const settingAt = (path: string): Subject => ({ type: 'Setting', name: path });

/** What a control finds in a topic: each missing answer is an offence, and a gap that names it. */
export const lookAt = ({ path, title, questions, changedSince }: AnsweredTopic): Array<Violation | Latent | Gap> => [
  ...questions.flatMap(({ path: at, asks, missing, carried }): Array<Violation | Latent | Gap> => {
    if (missing) return unanswered(at, `${asks} ${missing}.`);
    if (!carried) return [];
    const message = `${asks} is answered in the previous draft only; write it into the policy again.`;
    return [{ kind: 'latent', subject: settingAt(at), message }];
  }),
  ...(changedSince === undefined
    ? []
    : unanswered(
        `submission.${path}`,
        `What the source says about ${title} has changed since the draft of ${changedSince.slice(0, 10)}, and the ` +
          'answers have not. Read them again, then change them or set confirmed to the day.',
        'confirm'
      )),
];

/** An offence, and the gap that names it. */
export const unanswered = (path: string, message: string, at?: string): [Violation, Gap] => [
  { kind: 'violation', subject: settingAt(path), message, ...(at === undefined ? {} : { at }) },
  { kind: 'not-given', detail: message, subject: settingAt(path) },
];

/** The answers of a list about names that are not there. */
export const strangers = <T>(
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
      message: `It is about ${name}, which is no ${what}.`,
    }));

/** What a policy says of the integrations, as the facts that answers about one are about. */
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

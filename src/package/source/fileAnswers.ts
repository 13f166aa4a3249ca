import { hash } from 'node:crypto';
import * as z from 'zod';
import { maskedIn } from '../../salesforce/secretText.js';
import type { PackageTree, ReadLog } from './folderTree.js';

/** `form`: of an answer, to recognize one that was damaged. `isNothing`: it is not kept, only that it was nothing. */
export type Question<Answer> = { name: string; form: z.ZodType<Answer>; isNothing: (answer: Answer) => boolean };
/** A tree with what is known of its files from earlier runs. */
export type AnsweredTree = { tree: PackageTree; reads?: ReadLog; answers?: FileAnswers };

/** The digests of questions whose answer is that nothing was found, and the other answers by theirs. */
const kept = z.object({ nothing: z.array(z.string()), answers: z.record(z.string(), z.unknown()) });

/**
 * What questions about single files found, in earlier runs and in this one. An answer depends on nothing but the
 * question, the path and the text, and contains no secret.
 */
export class FileAnswers {
  readonly #nothing: ReadonlySet<string>;
  readonly #answers: ReadonlyMap<string, unknown>;
  /** What this run asked for; more is not kept. */
  readonly #asked = new Map<string, unknown>();

  /** `text`: what an earlier `toString` gave. */
  public constructor(text: string | undefined) {
    const { nothing, answers } = parsed(text);
    this.#nothing = new Set(nothing);
    this.#answers = new Map(Object.entries(answers));
  }

  /** The answer that is known, or the one that `ask` gives; `undefined`: nothing was found. */
  public async of<Answer>(
    { name, form, isNothing }: Question<Answer>,
    path: string,
    sha256: string,
    ask: () => Promise<Answer>
  ): Promise<Answer | undefined> {
    const digest = hash('sha256', JSON.stringify([name, path, sha256]));
    const known = this.#answers.get(digest);
    // As it was written: a schema would put keys into its own order.
    const isKnown = this.#nothing.has(digest) || form.safeParse(known).success;
    const answer = isKnown ? (known as Answer | undefined) : await ask();
    this.#asked.set(digest, answer === undefined || isNothing(answer) ? undefined : maskedIn(answer));
    return answer;
  }

  /** What a later run needs to know the answers of this one. */
  public toString(): string {
    const asked = [...this.#asked];
    return JSON.stringify({
      nothing: asked.flatMap(([digest, answer]) => (answer === undefined ? [digest] : [])),
      answers: Object.fromEntries(asked.filter(([, answer]) => answer !== undefined)),
    });
  }
}

/** Asks of a file that was read; where nothing is known of the tree, anew. */
export async function askOfFile<Answer>(
  { reads, answers }: AnsweredTree,
  question: Question<Answer>,
  path: string,
  ask: () => Promise<Answer>
): Promise<Answer | undefined> {
  if (answers === undefined) return ask();
  const sha256 = reads?.read.get(path);
  return sha256 === undefined ? ask() : answers.of(question, path, sha256, ask);
}

function parsed(text: string | undefined): z.infer<typeof kept> {
  try {
    return kept.parse(JSON.parse(text ?? ''));
  } catch {
    return { nothing: [], answers: {} };
  }
}

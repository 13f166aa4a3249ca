import { maskFreeText } from '../salesforce/secretText.js';

/** The policy cannot be used. `message` names every problem with its line; there is nothing to see in the stack. */
export class PolicyError extends Error {
  public readonly actions: readonly string[];

  public constructor(message: string, actions: readonly string[]) {
    super(message);
    this.name = 'PolicyError';
    this.actions = actions;
  }
}

/** One thing wrong in the file. Lines and columns count from 1; `path` is empty for the file as a whole. */
export type PolicyIssue = { line: number; column: number; path: string; message: string };

/** All problems of one file in one error, in the order of the file. */
export const policyError = (file: string, problems: readonly PolicyIssue[]): PolicyError => {
  const texts = problems
    .toSorted((one, other) => one.line - other.line || one.column - other.column)
    .map(({ line, path, message }) => visible(`  line ${line}: ${path === '' ? '' : `${path}: `}${message}`));
  const lines = [...new Set(texts)];
  const head = lines.length === 1 ? 'a problem' : `${lines.length} problems`;
  return new PolicyError(`The policy ${visible(file)} has ${head}:\n${lines.join('\n')}`, [
    'Correct the policy, then run the command again.',
  ]);
};

/** A value of the file as a message quotes it. */
export const quoted = (value: unknown): string => {
  const text = maskFreeText(JSON.stringify(value) ?? String(value));
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
};

/** No character of a file may act on the terminal that shows the message. */
const visible = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (letter) => `\\u{${(letter.codePointAt(0) ?? 0).toString(16)}}`);

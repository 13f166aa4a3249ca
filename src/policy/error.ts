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
export type Problem = { line: number; column: number; path: string; message: string };

/** All problems of one file in one error, in the order of the file. */
export const policyError = (file: string, problems: readonly Problem[]): PolicyError => {
  const lines = problems
    .toSorted((one, other) => one.line - other.line || one.column - other.column)
    .map(({ line, path, message }) => `  line ${line}: ${path === '' ? '' : `${path}: `}${message}`);
  const head = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
  return new PolicyError(`The policy ${file} has ${head}:\n${[...new Set(lines)].join('\n')}`, [
    'Correct the policy, then run the command again.',
  ]);
};

/** Why a folder could not be opened. 1: nothing can be judged; 2: the command line is wrong. */
export type PackageProblem = Error & { actions: readonly string[]; exitCode: 1 | 2 };

export const packageProblem = (
  name: string,
  message: string,
  actions: readonly string[],
  exitCode: 1 | 2 = 1
): PackageProblem => Object.assign(new Error(message), { name, actions, exitCode });

/** A file without which nothing can be judged. */
export const unreadableProject = (path: string, why: string): PackageProblem =>
  packageProblem('UnreadableProject', `${path} ${why}.`, [`Make ${path} readable.`]);

export const isPackageProblem = (error: unknown): error is PackageProblem =>
  error instanceof Error && 'exitCode' in error && 'actions' in error;

import { stripVTControlCharacters } from 'node:util';
import { SfError, type Messages } from '@salesforce/core';

/** Exit code 1: nothing could be judged. Exit code 2: the command line is wrong. */
type ExitCode = 1 | 2;

/**
 * What reaches sf is an error of this tool without a cause: sf-plugins-core answers with exit code 10 for a TypeError in
 * message, stack or cause, and a lost connection is one.
 */
export const failure = (exitCode: ExitCode, name: string, message: string, actions: readonly string[] = []): SfError =>
  new SfError(harmless(message), name, actions.map(harmless), exitCode);

/** The same in the words of a file of messages: `error.<key>` and `error.<key>.actions`. Its name is the key. */
export const errorFromMessages = (
  messages: Messages<string>,
  exitCode: ExitCode,
  key: string,
  tokens: string[] = [],
  actionTokens: string[] = []
): SfError =>
  failure(
    exitCode,
    `${key.charAt(0).toUpperCase()}${key.slice(1)}`,
    messages.getMessage(`error.${key}`, tokens),
    messages.getMessages(`error.${key}.actions`, actionTokens)
  );

/** A message may contain the name of a folder; no character of it may control the terminal. Lines stay. */
const harmless = (text: string): string =>
  stripVTControlCharacters(text).replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '');

type Problem = Error & { actions: readonly string[]; exitCode: ExitCode };

/**
 * What a domain cannot open, as an error of this tool; what else is thrown stays as it is.
 *
 * @throws SfError with the exit code of the problem
 */
export const orFailure = <T>(opening: Promise<T>, isProblem: (error: unknown) => error is Problem): Promise<T> =>
  opening.catch((error: unknown) => {
    if (!isProblem(error)) throw error;
    throw failure(error.exitCode, error.name, error.message, error.actions);
  });

/** Why the system did not read or write something. Its own message names a temporary file, which the user does not know. */
export const systemReason = (thrown: unknown): string => {
  const code = systemCode(thrown);
  if (code === undefined) return oneLineMessage(thrown);
  const words = reasons[code];
  return words === undefined ? code : `${words}, ${code}`;
};

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ENOENT: 'no such file or folder',
  ENOTDIR: 'a file is in the place of a folder',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'the name is too long',
};

/** The code of an error of the system, such as `ENOENT`. */
export const systemCode = (thrown: unknown): string | undefined =>
  thrown instanceof Error && 'code' in thrown ? String(thrown.code) : undefined;

/** What an error says to do. */
export const actionsOf = (thrown: unknown): string[] =>
  thrown instanceof Error && 'actions' in thrown && Array.isArray(thrown.actions) ? thrown.actions.map(String) : [];

/** Why an org could not be opened, as an error of this tool that names the org. */
export const failureOf = (org: string, thrown: unknown): SfError =>
  failure(1, thrown instanceof Error ? thrown.name : 'Error', `${org}: ${oneLineMessage(thrown)}`, actionsOf(thrown));

/** The message of whatever was thrown, on one line. */
export const oneLineMessage = (thrown: unknown): string =>
  (thrown instanceof Error ? thrown.message : String(thrown)).replace(/\s+/g, ' ').trim();

import { stripVTControlCharacters } from 'node:util';
import { SfError } from '@salesforce/core';

/** Exit code 1: nothing could be judged. Exit code 2: the command line is wrong. */
type ExitCode = 1 | 2;

/**
 * What reaches sf is an error of ours without a cause: sf-plugins-core answers with exit code 10 for a TypeError in
 * message, stack or cause, and a lost connection is one.
 */
export const failure = (exitCode: ExitCode, name: string, message: string, actions: readonly string[] = []): SfError =>
  new SfError(harmless(message), name, actions.map(harmless), exitCode);

/** A message may name what somebody called a folder; no character of it may act on the terminal. Lines stay. */
const harmless = (text: string): string =>
  stripVTControlCharacters(text).replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '');

type Problem = Error & { actions: readonly string[]; exitCode: ExitCode };

/**
 * What a domain cannot open, as an error of ours; what else is thrown stays as it is.
 *
 * @throws SfError with the exit code of the problem
 */
export const orFailure = <T>(opening: Promise<T>, isProblem: (error: unknown) => error is Problem): Promise<T> =>
  opening.catch((error: unknown) => {
    if (!isProblem(error)) throw error;
    throw failure(error.exitCode, error.name, error.message, error.actions);
  });

/**
 * Why a file or folder could not be read or written, as a person says it: Node's own words hold a code, the call and the
 * name of a draft that nobody asked for.
 */
export const fileTrouble = (thrown: unknown): string =>
  /^E[A-Z]+: ([^,]+)/.exec(said(thrown))?.[1]?.replace('illegal operation on a directory', 'it is a folder') ??
  said(thrown);

/** The message of whatever was thrown, on one line. */
export const said = (thrown: unknown): string =>
  (thrown instanceof Error ? thrown.message : String(thrown)).replace(/\s+/g, ' ').trim();

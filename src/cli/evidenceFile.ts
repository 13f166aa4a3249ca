import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Messages } from '@salesforce/core';
import { DAY, shortTime } from '../common/dates.js';
import type { Domain, Policy } from '../engine/types.js';
import { evidenceText, parseEvidence, type Collected } from '../evidence/file.js';
import { mostBytes } from '../evidence/schema.js';
import { maskedIn } from '../salesforce/secretText.js';
import { errorFromMessages, oneLineMessage, systemReason } from './errors.js';
import { evaluationDate, type AsOf } from './asOf.js';
import { evaluateRun, type Evaluated } from './evaluateTargets.js';
import { notWritable } from './outputFiles.js';
import type { Prepared } from './runConfig.js';
import { tool } from './pluginInfo.js';
import { withDraft } from './temporaryFiles.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review');

/** Flags that say what to collect have no meaning where nothing is collected. Not `exclusive`: the words are ours. */
export const rejectConflictingFlags = (
  evidence: string | undefined,
  flags: Readonly<Record<string, unknown>>
): void => {
  const given = Object.keys(flags).filter((name) => flags[name] !== undefined && flags[name] !== false);
  if (evidence !== undefined && given.length > 0) {
    throw wrong(2, 'besideEvidence', [given.map((name) => `--${name}`).join(', ')]);
  }
};

/**
 * Judges a file of evidence in the place of orgs or a package.
 *
 * @throws SfError with exit code 1 when the file cannot be used, 2 when it does not exist or `--as-of` lies before it
 */
export const replay = async <Source, Facts>(
  file: string,
  domain: Domain<Source, Facts>,
  prepared: Prepared,
  asked: AsOf | undefined,
  now = new Date()
): Promise<Evaluated> => {
  const { targets, version } = await usableEvidence(file, domain, prepared, asked, now);
  const { version: current } = tool();
  const other = version === current ? [] : [messages.getMessage('info.otherVersion', [version, current])];
  const run = { ...prepared, notices: [...prepared.notices, ...other] };
  // A description of the target, unlike a judge, may rely on the shape of a fact.
  return attempt(
    () => evaluateRun(domain, targets, run, asked),
    () => invalid(file, 'it contains values that no version of this tool saves')
  );
};

/**
 * Evidence of another domain that completes this run.
 *
 * @throws SfError with exit code 1 when the file cannot be used, 2 when it does not exist or `--as-of` lies before it
 */
export const readEvidence = async <Source, Facts>(
  file: string,
  domain: Domain<Source, Facts>,
  prepared: Pick<Prepared, 'policy'>,
  asked: AsOf | undefined
): Promise<Array<Collected<Facts>>> => (await usableEvidence(file, domain, prepared, asked, new Date())).targets;

const usableEvidence = async <Source, Facts>(
  file: string,
  domain: Domain<Source, Facts>,
  { policy }: Pick<Prepared, 'policy'>,
  asked: AsOf | undefined,
  now: Date
): Promise<{ targets: Array<Collected<Facts>>; version: string }> => {
  const text = await readEvidenceText(file);
  // The author of the file may have put a token into a name.
  const found = attempt(
    () => maskedIn(parseEvidence(text, tool(), domain)),
    (why) => invalid(file, why)
  );
  for (const { asOf } of found.targets) evaluationDate(asked, new Date(asOf));
  const problem = ageProblem(found.targets, policy, asked, now);
  if (problem) throw wrong(1, problem.name, [file, ...problem.tokens]);
  return found;
};

/** Old evidence would revive waivers that have expired since, unless the user names the date for which it is evaluated. */
const ageProblem = (
  targets: ReadonlyArray<{ asOf: string }>,
  { maxEvidenceAge }: Policy,
  asked: AsOf | undefined,
  now: Date
): { name: 'oldEvidence' | 'futureEvidence'; tokens: string[] } | undefined => {
  const moments = targets.map(({ asOf }) => asOf).sort();
  const [oldest = '', newest = oldest] = [moments[0], moments.at(-1)];
  // The clocks of two machines differ, but not by more than a day.
  if (Date.parse(newest) > now.getTime() + DAY) return { name: 'futureEvidence', tokens: [shortTime(newest)] };
  const isOld = Date.parse(oldest) < now.getTime() - maxEvidenceAge * DAY;
  return isOld && !asked ? { name: 'oldEvidence', tokens: [shortTime(oldest), String(maxEvidenceAge)] } : undefined;
};

const readEvidenceText = async (file: string): Promise<string> => {
  const found = await stat(file).catch(() => undefined);
  if (!found) throw wrong(2, 'noEvidence', [file]);
  if (found.isDirectory()) throw invalid(file, 'it is a folder');
  if (!found.isFile()) throw invalid(file, 'it is no file');
  if (found.size > mostBytes) throw invalid(file, `it is larger than ${mostBytes / 1024 / 1024} MB`);
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw invalid(file, systemReason(error));
  });
};

/**
 * Saves what was collected: to a temporary file first, readable by the owner only. A run that opened nothing leaves no file.
 *
 * @throws SfError with exit code 1
 */
export const saveEvidence = async <Facts>(
  file: string | undefined,
  domain: 'org' | 'package',
  collected: ReadonlyArray<Collected<Facts>>
): Promise<void> => {
  if (file === undefined || collected.every((one) => 'error' in one)) return;
  const path = resolve(file);
  try {
    const text = evidenceText(tool(), domain, collected);
    if (Buffer.byteLength(text) > mostBytes) throw new Error(`it would be larger than ${mostBytes / 1024 / 1024} MB`);
    await withDraft(path, async (draft) => {
      await writeFile(draft, text, { mode: 0o600, flag: 'wx' });
      await rename(draft, path);
    });
  } catch (error) {
    throw notWritable(file, systemReason(error));
  }
};

const attempt = <T>(work: () => T, problem: (why: string) => Error): T => {
  try {
    return work();
  } catch (error) {
    throw problem(oneLineMessage(error));
  }
};

const invalid = (file: string, why: string): Error => wrong(1, 'invalidEvidence', [file, why]);

const wrong = (exitCode: 1 | 2, key: string, tokens: string[]): Error =>
  errorFromMessages(messages, exitCode, key, tokens);

import * as z from 'zod';
import { daysBefore, isoDay } from '../common/dates.js';
import type { Policy } from '../engine/types.js';
import { isClientSecret } from '../salesforce/secretShapes.js';
import { maskTokens } from '../salesforce/secretText.js';
import type { Catalogue } from './catalogue.js';
import { closest } from './closest.js';
import { policyError, quoted, type PolicyIssue } from './error.js';
import { policySchema } from './schema.js';
import { day } from './values.js';
import { readYaml, pathText, type Path, type Written } from './yaml.js';

/**
 * The policy that a text declares. With `today`, no entry of it may last longer than 400 days from then.
 *
 * @throws PolicyError with all its problems
 */
export const parsePolicy = (text: string, file: string, catalogue: Catalogue, today?: Date): Policy => {
  const yaml = readYaml(text);
  if (yaml.value === undefined) throw policyError(file, yaml.problems);
  if (yaml.value === null) {
    throw policyError(file, [{ line: 1, column: 1, path: '', message: 'This is empty. Write at least "version: 1".' }]);
  }
  const parsed = policySchema(catalogue).safeParse(yaml.value, { error: explain });
  const secrets = secretsIn(yaml.value).map((path) => problemAt(yaml, path, noSecret));
  const late = today === undefined ? [] : tooFarAhead(yaml, lastDay(today));
  if (parsed.success && yaml.problems.length + secrets.length + late.length === 0) return parsed.data;
  const issues = parsed.error?.issues ?? [];
  throw policyError(file, [
    ...yaml.problems,
    ...secrets,
    ...late,
    ...issues.flatMap((issue) => problemsOf(issue, yaml)),
  ]);
};

const MOST_DAYS_AHEAD = 400;

const lastDay = (today: Date): string => isoDay(daysBefore(today, -MOST_DAYS_AHEAD));

/** Every `expires` and `reviewBy` after the last day: a decision that is never reviewed is not a decision. */
const tooFarAhead = (yaml: Written, last: string): PolicyIssue[] =>
  partsOf(yaml.value).flatMap(({ path, value }) => {
    if (!/^(?:expires|reviewBy)$/.test(keyOf(path)) || !day.safeParse(value).success || String(value) <= last)
      return [];
    const message = `${String(value)} is more than ${MOST_DAYS_AHEAD} days ahead. Write ${last} or earlier.`;
    return [problemAt(yaml, path, message)];
  });

const noSecret =
  'A session id, a token or a private key is here. Remove it, and renew it: every reader of the policy has it.';

/** Where a text, or the name of a key, contains what only a secret looks like: a report would repeat it. */
const secretsIn = (root: unknown): Path[] =>
  partsOf(root).flatMap(({ path, value }) => [
    ...(hasToken(keyOf(path)) ? [path.slice(0, -1)] : []),
    ...(hasToken(value) ? [path] : []),
  ]);

const hasToken = (text: unknown): boolean => typeof text === 'string' && maskTokens(text) !== text;

/** The value and everything in it, each with its path. */
const partsOf = (value: unknown, path: Path = []): Array<{ path: Path; value: unknown }> => {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  const below = Object.entries(value).flatMap(([key, one]) =>
    partsOf(one, [...path, Array.isArray(value) ? Number(key) : key])
  );
  return [{ path, value }, ...below];
};

const keyOf = (path: Path): string => String(path.at(-1) ?? '');

const problemAt = (yaml: Written, path: Path, message: string): PolicyIssue => ({
  ...yaml.at(path),
  path: pathText(path),
  message,
});

const problemsOf = (issue: z.core.$ZodIssue, yaml: Written): PolicyIssue[] => {
  const { path } = issue;
  const problem = (where: Path, message: string): PolicyIssue => problemAt(yaml, where, message);
  if (issue.code === 'unrecognized_keys') {
    const known = issue.message.split(' ').filter((name) => name !== '');
    return issue.keys.map((key) => problem([...path, key], `This key is not known. ${meant(key, known)}`));
  }
  if (issue.code === 'invalid_union') {
    // A control or a list of them: what is wrong within the list, or with its length, says more than that it is no text.
    const inList = issue.errors.find((all) => all.some((one) => one.path.length > 0 || one.code === 'too_small'));
    const errors = inList ?? issue.errors[0] ?? [];
    return errors.flatMap((one) => problemsOf({ ...one, path: [...path, ...one.path] }, yaml));
  }
  const source = yaml.source(path);
  if (issue.code === 'invalid_type' && issue.expected === 'string' && source) {
    // The secret of an app can be a number; an Id that is one begins with a zero.
    if (isClientSecret(source) && !source.startsWith('0'))
      return [problem(path, 'This is a number. Put it in quotes.')];
    return [problem(path, `${source} is not read as text. Put it in quotes: "${source}".`)];
  }
  return [problem(path, issue.message)];
};

const meant = (text: string, known: readonly string[]): string => {
  const candidate = closest(text, known);
  if (candidate !== undefined) return `Did you mean ${candidate}?`;
  if (known.length === 0) return 'None is known here.';
  return known.length <= 12 ? `Known here: ${known.join(', ')}.` : 'The documentation lists the known ones.';
};

/** What is wrong and what to do, for issues that the schema itself has no words for. */
const explain: z.core.$ZodErrorMap = (issue) => {
  const input = quoted(issue.input);
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return 'This is required.';
      if (issue.input === 'off') return bareOff;
      if (issue.input === null) return `This is empty. Write ${wanted(issue.expected)}, or remove the key.`;
      return `This is ${typeName(issue.input)}. Write ${wanted(issue.expected)}${
        issue.expected === 'array' ? ': each entry begins with "- "' : ''
      }.`;
    case 'invalid_value':
      if (issue.input === undefined) return 'This is required.';
      return `${input} is not known. ${meant(String(issue.input), issue.values.map(String))}`;
    case 'unrecognized_keys':
      return keysOf(issue.inst).join(' ');
    case 'too_small':
      return `${input} is too small. Write ${String(issue.minimum)} or more.`;
    default:
      return undefined;
  }
};

const bareOff =
  'A control that is off needs an owner, a reason and a last day. Write severity: off, owner, reason and expires below it.';

const keysOf = (schema: unknown): string[] => (schema instanceof z.ZodObject ? Object.keys(schema.shape) : []);

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};

const wanted = (kind: string): string => kinds[kind] ?? kind;

const typeName = (input: unknown): string => {
  if (Array.isArray(input)) return 'a list';
  return typeof input === 'object' ? 'a mapping' : quoted(input);
};

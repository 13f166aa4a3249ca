import { z } from 'zod';
import type { Policy } from '../engine/types.js';
import { isClientSecret } from '../salesforce/secretShapes.js';
import { maskTokens } from '../salesforce/secretText.js';
import type { Catalogue } from './catalogue.js';
import { closest } from './closest.js';
import { policyError, quoted, type Problem } from './error.js';
import { policySchema } from './schema.js';
import { readYaml, written, type Path, type Written } from './yaml.js';

/**
 * The policy that a text declares.
 *
 * @throws PolicyError with all its problems
 */
export const parsePolicy = (text: string, file: string, catalogue: Catalogue): Policy => {
  const yaml = readYaml(text);
  if (yaml.value === undefined) throw policyError(file, yaml.problems);
  if (yaml.value === null) {
    throw policyError(file, [{ line: 1, column: 1, path: '', message: 'This is empty. Write at least "version: 1".' }]);
  }
  const parsed = policySchema(catalogue).safeParse(yaml.value, { error: explain });
  const secrets = secretsIn(yaml.value, []).map((path) => ({
    ...yaml.at(path),
    path: written(path),
    message: noSecret,
  }));
  if (parsed.success && yaml.problems.length + secrets.length === 0) return parsed.data;
  const issues = parsed.error?.issues ?? [];
  throw policyError(file, [...yaml.problems, ...secrets, ...issues.flatMap((issue) => problemsOf(issue, yaml))]);
};

const noSecret =
  'A session id, a token or a private key stands here. Take it out, and renew it: everybody who reads the policy has it.';

/** Where a text, or the name of a key, holds what only a secret looks like: a report would repeat it. */
const secretsIn = (value: unknown, path: Path): Path[] => {
  if (typeof value === 'string') return maskTokens(value) === value ? [] : [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => [
    ...(Array.isArray(value) ? [] : secretsIn(key, path)),
    ...secretsIn(one, [...path, Array.isArray(value) ? Number(key) : key]),
  ]);
};

const problemsOf = (issue: z.core.$ZodIssue, yaml: Written, within: Path = []): Problem[] => {
  const path = [...within, ...issue.path];
  const problem = (where: Path, message: string): Problem => ({ ...yaml.at(where), path: written(where), message });
  // A setting is `off` or a mapping: what is wrong with the mapping says more.
  const [, mapping] = issue.code === 'invalid_union' ? issue.errors : [];
  if (mapping?.some((inner) => inner.path.length > 0)) return mapping.flatMap((inner) => problemsOf(inner, yaml, path));
  if (issue.code === 'unrecognized_keys') {
    const known = issue.message.split(' ').filter((name) => name !== '');
    return issue.keys.map((key) => problem([...path, key], `This key is not known. ${meant(key, known)}`));
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
      if (issue.input === null) return `This is empty. Write ${wanted(issue.expected)}, or remove the key.`;
      return `This is ${kindOf(issue.input)}. Write ${wanted(issue.expected)}${
        issue.expected === 'array' ? ': each entry begins with "- "' : ''
      }.`;
    case 'invalid_value':
      if (issue.input === undefined) return 'This is required.';
      return `${input} is not known. ${meant(String(issue.input), issue.values.map(String))}`;
    case 'invalid_union':
      return `${input} is neither "off" nor a mapping. Write off, or severity and params.`;
    case 'unrecognized_keys':
      return keysOf(issue.inst).join(' ');
    case 'too_small':
      return `${input} is too small. Write ${String(issue.minimum)} or more.`;
    default:
      return undefined;
  }
};

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

const kindOf = (input: unknown): string => {
  if (Array.isArray(input)) return 'a list';
  return typeof input === 'object' ? 'a mapping' : quoted(input);
};

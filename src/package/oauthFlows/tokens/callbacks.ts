import type { YesNoUnknown } from '../../facts.js';
import { languageFamily } from '../languages.js';
import { closing, splitArguments } from '../../parsing/brackets.js';
import { AnswerFlow, withoutLogs } from './answer.js';
import type { NamedFunction } from './functions.js';

type Source = { code: string; language: string; functions: readonly NamedFunction[] };

/**
 * Whether a callback keeps the answer that is one of its parameters. `written`: a function in place, or the name of one
 * in the file or in another file of the place. `at`: which parameter.
 */
export function keptByCallback(written: string, at: number, file: Source, all: readonly Source[]): YesNoUnknown {
  const text = written.trim().replace(/\.bind\(\s*\w+\s*\)$/, '');
  if (/^(?:async\s+)?(?:function\b|\(|\w+\s*=>)/.test(text)) return keptByDefinition(text, at);
  if (!/^[\w$.]+$/.test(text)) return 'unknown';
  const name = text.replace(/^.*\./, '');
  const named = ({ code, functions }: Source): string[] =>
    functions.filter((found) => found.name === name).map(({ start, end }) => code.slice(start, end));
  const own = named(file);
  const family = languageFamily(file.language);
  const found = own.length > 0 ? own : all.filter(({ language }) => languageFamily(language) === family).flatMap(named);
  const [definition] = found;
  return definition === undefined || found.length > 1 ? 'unknown' : keptByDefinition(definition, at);
}

function keptByDefinition(definition: string, at: number): YesNoUnknown {
  const arrow = /^(?:async\s+)?(\w+)\s*=>/.exec(definition);
  const start = arrow ? 0 : definition.indexOf('(');
  const end = arrow ? arrow[0].length : closing(definition, start) + 1;
  const given = arrow ? [arrow[1] ?? ''] : splitArguments(definition.slice(start + 1, end - 1));
  const parameter = given.filter((one) => !/^(?:self|cls)$/.test(one))[at];
  if (parameter === undefined) return given.some((one) => one.startsWith('...')) ? 'unknown' : 'no';
  const body = definition.slice(end);
  if (parameter.startsWith('{')) return keptApart(parameter, body);
  const name = /^\w+/.exec(parameter)?.[0];
  if (name === undefined) return 'unknown';
  const use = new AnswerFlow(body, /$^/, [name]).use();
  if (use === 'kept') return 'yes';
  return use === 'dropped' || use === 'none' ? 'no' : 'unknown';
}

/** `{ refresh_token: next, … }` */
function keptApart(parameter: string, body: string): YesNoUnknown {
  const [found, renamed] = /\brefresh_?token\b(?:\s*:\s*(\w+))?/i.exec(parameter) ?? [];
  if (found === undefined) return parameter.includes('...') ? 'unknown' : 'no';
  return new RegExp(`(?<![\\w$])${renamed ?? found}(?![\\w$])`).test(withoutLogs(body)) ? 'yes' : 'no';
}

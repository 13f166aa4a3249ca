import { permissionLabel } from '../salesforce/permissions.js';
import type { ControlReference } from '../engine/reference.js';
import { shortDay } from '../common/dates.js';
import { plain, withoutMarks, wrap } from './text.js';

/** A rule of Salesforce as `explain` shows it. */
type RuleText = {
  text: string;
  effective?: string;
  url: string;
  cwe: readonly number[];
  asvs: readonly string[];
};

/** What a control asks, reads and needs, for a terminal of so many columns. */
export const renderReference = (control: ControlReference & { rules: readonly RuleText[] }, width = 100): string => {
  const columns = Math.max(20, width);
  const section = (label: string, texts: readonly string[]): string[] =>
    texts.length === 0 ? [] : ['', label, ...texts.flatMap((text) => indented(text, columns))];
  const parameters = Object.entries(control.parameters);
  return [
    `${control.id} (${control.severity})`,
    ...wrap(`${plain(withoutMarks(control.title))}.`, columns),
    ...section('Guidance', [
      control.requirement,
      ...(control.source === undefined ? [] : [`Source: ${control.source}`]),
    ]),
    ...section('Why', [control.why]),
    ...section('Checks', bullets(control.checks)),
    ...section('Fails', bullets(control.fails)),
    ...section('Inconclusive', bullets(control.inconclusive)),
    ...section('Notes', bullets(control.notes ?? [])),
    ...section('Fix', control.fix.length === 1 ? control.fix : control.fix.map((step, at) => `${at + 1}. ${step}`)),
    ...example('Bad', control.examples?.bad),
    ...example('Good', control.examples?.good),
    ...section('What it reads', control.reads),
    ...section(
      'What the auditing user needs',
      control.permissions.map((anyOf) => anyOf.map(permissionLabel).join(' or '))
    ),
    ...section('What it compares with in the policy', control.compares),
    ...section(
      'Parameters',
      parameters.map(([name, value]) => `${name}, ${JSON.stringify(value)} unless the policy says otherwise`)
    ),
    ...section('Attestable', control.attestable ? ['Yes: Salesforce offers no way to read the answer.'] : []),
    ...section('Rules', control.rules.flatMap(ruleLines)),
    ...section('References', control.references),
  ].join('\n');
};

function ruleLines({ text, effective, url, cwe, asvs }: RuleText): string[] {
  const start = effective === undefined ? '' : ` From ${shortDay(effective)}.`;
  const numbers = [...cwe.map((one) => `CWE-${one}`), ...asvs.map((one) => `ASVS ${one}`)];
  return [`- ${text}${start}${numbers.length === 0 ? '' : ` (${numbers.join(', ')})`}`, url];
}

function bullets(items: readonly string[]): string[] {
  return items.map((item) => `- ${item}`);
}

/** Code keeps its lines. */
function example(label: string, code: string | undefined): string[] {
  return code === undefined ? [] : ['', label, ...code.split('\n').map((line) => `  ${line}`)];
}

/** A terminal that is narrower shows entries one below the other: a table would cut their words. */
export const narrowTerminal = 100;

/** Entries of a list for a narrow terminal: the name of each, and its description below. */
export const renderEntries = (
  entries: ReadonlyArray<{ head: string; about: readonly string[] }>,
  width: number
): string =>
  entries
    .map(({ head, about }) =>
      [...wrap(plain(head), width), ...about.flatMap((text) => indented(text, width))].join('\n')
    )
    .join('\n');

/** An address stays in one piece, so that a terminal can open it. */
const indented = (text: string, columns: number): string[] =>
  (/^https:\S+$/.test(text) ? [text] : wrap(plain(withoutMarks(text)), columns - 2)).map((line) => `  ${line}`);

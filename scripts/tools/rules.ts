import { shortDay } from '../../src/common/dates.js';
import {
  asvsVersion,
  isTitleUnverified,
  pages,
  rules,
  weaknesses,
  type Page,
  type Rule,
} from '../../src/salesforce/rules/index.js';
import { page } from './markdown.js';

/** The page that lists every rule, generated from the data. */
export function rulesPage(): string {
  return page([
    '<!-- Generated from src/salesforce/rules by `npm run docs`. -->',
    '# Rules of Salesforce',
    'Each line of the submission guidance and of the pages that go with it, in the words of this project. ' +
      '`sf security-review list-rules` prints the same; `--as-of` shows what is in force on another day. A CVSS range is shown where Salesforce publishes one for the setting, and nowhere else.',
    ...Object.entries(pages).flatMap(([id, { title, url }]) => [
      `## [${title}](${url})`,
      ...(isTitleUnverified(id as Page)
        ? ['The page was read in part or in translation: its English title is ours, and no verdict depends on it.']
        : []),
      ...rules.filter((rule) => rule.page === id).map(entryOf),
    ]),
  ]);
}

function entryOf({ id, text, effective, release, checked, controls, person, cwe, asvs, cvss }: Rule): string {
  const start = release ?? (effective === undefined ? undefined : shortDay(effective));
  return [
    `### ${id}\n\n${text}\n`,
    ...(start === undefined ? [] : [`- In force from ${start}.`]),
    ...(controls.length === 0 ? [] : [`- Controls: ${controls.map((control) => `\`${control}\``).join(', ')}.`]),
    ...(person === undefined ? [] : [`- Action required: ${person}.`]),
    ...cwe.map((one) => `- CWE-${one}: ${weaknesses[one]}.`),
    ...(asvs.length === 0 ? [] : [`- OWASP ASVS ${asvsVersion}: ${asvs.join(', ')}.`]),
    ...(cvss === undefined
      ? []
      : [`- CVSS, as Salesforce estimates it: ${cvss.from.toFixed(1)} to ${cvss.to.toFixed(1)}.`]),
    `- Last checked on ${shortDay(checked)}.`,
  ].join('\n');
}

import { daysBefore, isoDay, shortDay } from '../../common/dates.js';
import { companionPages } from './companionPages.js';
import { guidance } from './guidance.js';
import type { Rule } from './types.js';

export { isTitleUnverified, pages, type Page } from './pages.js';
export type { Rule } from './types.js';
export { asvsVersion, weaknesses } from './weaknesses.js';

/** Every rule: the guidance in the order of its page, then the companion pages. */
export const rules: readonly Rule[] = [...guidance, ...companionPages];

/** A rule whose start a text may quote. */
type DatedRule = Extract<(typeof companionPages)[number], { effective: string }>['id'];

/** The rules that a control checks. */
export function rulesOf(control: string): Rule[] {
  return rules.filter(({ controls }) => controls.includes(control));
}

/** CWE numbers and ASVS requirements of the rules that a control checks, each once, ascending. */
export function mappingOf(control: string): { cwe: number[]; asvs: string[] } {
  const own = rulesOf(control);
  return {
    cwe: [...new Set<number>(own.flatMap(({ cwe }) => cwe))].sort((one, other) => one - other),
    asvs: [...new Set(own.flatMap(({ asvs }) => asvs))].sort((one, other) =>
      one.localeCompare(other, 'en', { numeric: true })
    ),
  };
}

/** Whether a rule is in force on a day. No verdict depends on it where the page names a release only. */
export function isInForce({ effective }: Pick<Rule, 'effective'>, asOf: Date): boolean {
  return effective === undefined || isoDay(asOf) >= effective;
}

/** When a rule begins, for a sentence: `20 Feb 2027`, or `Summer '27` where the page names a release only. */
export function startOf(id: DatedRule): string {
  const { effective = '', release } = ruleWith(id);
  return release ?? shortDay(effective);
}

/** What a finding says about something that a rule ends: `Salesforce ends it on 20 Feb 2027.`, afterwards `ended`. */
export function endText(id: DatedRule, asOf: Date): string {
  const rule = ruleWith(id);
  if (rule.release !== undefined) return `Salesforce ends it with ${rule.release}.`;
  return `Salesforce ${isInForce(rule, asOf) ? 'ended' : 'ends'} it on ${startOf(id)}.`;
}

/** The rules that were not compared with their pages in so many days before a release. */
export function uncheckedRules(released: string, days = 180): Rule[] {
  const limit = daysBefore(new Date(released), days).getTime();
  return rules.filter(({ checked }) => Date.parse(checked) < limit);
}

function ruleWith(id: DatedRule): Rule {
  const rule: Rule | undefined = companionPages.find((one) => one.id === id);
  if (rule === undefined) throw new Error(`No rule ${id}.`);
  return rule;
}

import { expect } from 'chai';
import { PolicyError } from '../../src/policy/index.js';
import { parsePolicy } from '../../src/policy/parse.js';
import { catalogue } from './catalogue.js';

/** A name, a policy, and the problems that the error lists; one that ends in `*` may go on as it likes. */
export type Case = readonly [name: string, text: string, ...problems: string[]];

export const version = 'version: 1\n';
export const orgId = '00D000000000001AAA';
export const trusted = 'owner: ops, reason: needed, reviewBy: 2027-03-01';
export const waived = 'owner: web, reason: closes soon, expires: 2026-12-31';

/** The lines of the error without the headline; none for a valid policy. */
export const problems = (text: string): string[] => {
  try {
    parsePolicy(text, 'security-review.yml', catalogue);
    return [];
  } catch (error) {
    expect(error).to.be.instanceOf(PolicyError);
    const [, ...lines] = (error as PolicyError).message.split('\n');
    return lines.map((line) => line.trim());
  }
};

/** One test per row. */
export const testErrors = (cases: readonly Case[]): void => {
  for (const [name, text, ...wanted] of cases) {
    it(name, () => {
      expect(problems(text).map((problem, index) => shortened(problem, wanted[index]))).to.deep.equal(wanted);
    });
  }
};

const shortened = (text: string, wanted: string | undefined): string => {
  const start = wanted?.endsWith('*') ? wanted.slice(0, -1) : undefined;
  return start !== undefined && text.startsWith(start) ? `${start}*` : text;
};

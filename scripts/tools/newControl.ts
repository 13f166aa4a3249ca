import { format, resolveConfig } from 'prettier';
import { severities, type Severity } from '../../src/engine/types.js';
import { inRoot } from './paths.js';

/** The text of a file of the project; nothing if there is no such file. */
type Read = (file: string) => string | undefined;

/** Why no control was made, for the person who asked for one. */
export type Refusal = { refused: string };
/** Every file that a new control adds or changes, with its new text. */
export type NewControl = { files: Readonly<Record<string, string>>; next: readonly string[] };

const form = /^([a-z]+)\/([a-z]+(?:-[a-z0-9]+)*)$/;

/**
 * Writes a control without a judge: its table of cases fails until the author has written one. `rule`: the id of the rule
 * that it checks, to whose controls it is added.
 */
export const newControl = async (
  id: string | undefined,
  severity: string,
  read: Read,
  rule?: string
): Promise<NewControl | Refusal> => {
  const [, domain, name] = form.exec(id ?? '') ?? [];
  if (domain === undefined || name === undefined) {
    return {
      refused: `${id ?? 'Nothing'} is no id: write <domain>/<name-in-lower-case>, such as org/sessions-time-out.`,
    };
  }
  const weight = severities.find((one) => one === severity);
  if (weight === undefined) return { refused: `${severity} is no severity: choose one of ${severities.join(', ')}.` };
  const [index, facts] = [`src/${domain}/controls/index.ts`, `src/${domain}/facts.ts`];
  const [control, table] = [`src/${domain}/controls/${name}.ts`, `test/${domain}/controls/${name}.test.ts`];
  const list = read(index);
  if (list === undefined || read(facts) === undefined) {
    return { refused: `There is no domain ${domain}: no ${index} next to ${facts}.` };
  }
  const there = [control, table].find((file) => read(file) !== undefined);
  if (there !== undefined) return { refused: `${there} exists: ${domain}/${name} is taken.` };
  const rulebook = rule === undefined ? {} : withRule(rule, `${domain}/${name}`, read);
  if (rulebook === undefined) {
    return { refused: `${String(rule)} is no rule: sf security-review list-rules names them all, docs/rules.md too.` };
  }
  const texts = {
    ...rulebook,
    [control]: controlText(domain, name, weight),
    [table]: tableText(domain, name),
    [index]: withControl(list, name),
  };
  return {
    files: Object.fromEntries(
      await Promise.all(Object.entries(texts).map(async ([file, text]) => [file, await formatted(file, text)] as const))
    ),
    next: [
      `Write the texts and the judge in ${control}.`,
      `Replace every FILL IN of ${table}. Mark each case that would deceive the control with trap: true.`,
      ...(rule === undefined
        ? [`Add '${domain}/${name}' to the controls of at least one rule in src/salesforce/rules: --rule does that.`]
        : []),
      ...(domain === 'org' ? ['If it fails in the simulated org broken, add it to test/org/scenarios.test.ts.'] : []),
      `Run npm run test:unit -- ${table} test/salesforce/rules/rules.test.ts, then npm run docs, then npm test.`,
    ],
  };
};

const AREAS: Readonly<Record<string, string>> = {
  org: 'Org and keys',
  package: 'Code and secrets',
  submission: 'Submission',
};

/** Where the rules are, as rows with their controls. */
const RULES = ['src/salesforce/rules/guidance.ts', 'src/salesforce/rules/companionPages.ts'];

/** The file of a rule, with one more control in its row; `undefined`: there is no such rule. */
const withRule = (rule: string, id: string, read: Read): Record<string, string> | undefined => {
  for (const file of RULES) {
    const text = read(file) ?? '';
    const start = text.indexOf(`id: '${rule}',`);
    const list = 'controls: [';
    const at = start < 0 ? -1 : text.indexOf(list, start) + list.length;
    if (at >= 0) return { [file]: `${text.slice(0, at)}'${id}', ${text.slice(at)}` };
  }
  return undefined;
};

/** Builders of facts in test/support: a case names only what it is about. */
const BUILDERS: Readonly<Record<string, string>> = { package: 'packageFacts', submission: 'submissionFacts' };

const EXAMPLES: Readonly<Record<string, string>> = {
  package: "examples: { bad: 'FILL IN: up to six lines', good: 'FILL IN: the same, corrected' },",
};

const camel = (name: string): string => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

const controlText = (domain: string, name: string, severity: Severity): string => `
import { inconclusive } from '../../engine/control.js';
import { ${domain}Control } from '../facts.js';

export const ${camel(name)} = ${domain}Control({
  id: '${domain}/${name}',
  title: 'FILL IN: what is true when it passes, without a full stop',
  severity: '${severity}',
  topic: 'FILL IN: one to three words',
  problem: { one: 'FILL IN: user has …', many: 'FILL IN: users have …' },
  area: '${AREAS[domain] ?? ''}',
  requirement: 'FILL IN: the line of the guidance, word for word.',
  why: 'FILL IN: what an attacker gains where it fails.',
  checks: ['FILL IN: what is read, and what it is compared with.'],
  fails: ['FILL IN: what is a violation, and what needs a justification.'],
  inconclusive: ['FILL IN: what could not be checked, and why.'],
  fix: ['FILL IN: where in Setup, or in which file, to change what.'],
  ${EXAMPLES[domain] ?? ''}
  references: ['https://help.salesforce.com/s/articleView?id=005318040&type=1'],
  attestable: false,
  // Facts of ../facts.ts. A missing one makes the control inconclusive before the judge runs. If a finding in a part of
  // one is a finding, add provableFromPart: { fact: 'fail' }.
  needs: [],
  // Usually: ({ fact }) => each(fact, notApplicable('There is no …'), evaluateOne, 'Every … is …').
  judge: () => inconclusive('Not decided yet: write the judge in src/${domain}/controls/${name}.ts.'),
});
`;

const tableText = (domain: string, name: string): string => {
  const builder = BUILDERS[domain];
  const facts = builder === undefined ? '{}' : `${builder}()`;
  return `
import { ${camel(name)} } from '../../../src/${domain}/controls/${name}.js';
import { testControl } from '../../support/controlTester.js';
${builder === undefined ? '' : `import { ${builder} } from '../../support/${builder}.js';`}

testControl(${camel(name)}, {
  pass: [{ name: 'FILL IN: everything is as the guidance wants it', facts: ${facts} }],
  fail: [{ name: 'FILL IN: one subject violates it', facts: ${facts}, names: ['FILL IN: Type:name of the subject'] }],
  inconclusive: [{ trap: true, name: 'FILL IN: a value that was not sent is not false', facts: ${facts} }],
  notApplicable: [{ name: 'FILL IN: there is nothing to check, or leave this list out', facts: ${facts} }],
});
`;
};

const importLine = /^import \{ (\w+) \} from '\.\/([a-z0-9-]+)\.js';\n/gm;

/** The list of a domain with one more control, in the order of the file names. */
const withControl = (list: string, name: string): string => {
  const controls = [...list.matchAll(importLine)].map(([, local = '', file = '']) => ({ local, file }));
  const sorted = [...controls, { local: camel(name), file: name }].sort((a, b) => (a.file < b.file ? -1 : 1));
  const imports = sorted.map(({ local, file }) => `import { ${local} } from './${file}.js';\n`).join('');
  const start = list.search(importLine);
  const rest = list.slice(start).replace(importLine, '');
  const array = `= [${sorted.map(({ local }) => local).join(', ')}];`;
  return `${list.slice(0, start)}${imports}${rest.replace(/= \[[^\]]*\];/, array)}`;
};

const formatted = async (file: string, text: string): Promise<string> =>
  format(text, { ...(await resolveConfig(inRoot(file))), filepath: file });

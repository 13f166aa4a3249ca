import type { Look, TextWords } from '../parsing/textWords.js';
import type { SecretHit } from './hits.js';

/**
 * What a text must contain for a rule of the preset to find anything: the fixed part of its pattern. The search is
 * cheap, and most files contain none.
 */
const worthwhile: ReadonlyArray<{ look: Look; pattern: RegExp }> = [
  // By the sign at their end, which is rarer than the letters before it.
  {
    look: 'presetBeginning',
    pattern:
      /[_.-](?<=\b(?:npm|gsk|hf|lin_api|ntn|shp[a-z]{2}|gh[a-z]|gl(?:c|sa)|ops|vc[a-z])_|(?:github_pat|dckr_pat|figd)_|\b(?:xox[a-z]|xapp|sk)-|glpat-|\b(?:SG|hv[sbr])\.)/i,
  },
  {
    look: 'presetName',
    pattern: /mongodb|mysql|postgres|"auths?"|_authToken|private_key|hooks\.slack|secret_?(?:access_?)?key/i,
  },
  { look: 'presetAws', pattern: /aws/i },
  { look: 'presetDatabricks', pattern: /\bdapi/i },
];

/**
 * Keys are proven elsewhere, also those in the file of a service account; no comment in a package decides what is
 * reported.
 */
const left: ReadonlySet<string> = new Set(['privatekey', 'filter-comments', 'gcp']);

/** Characters of a user and a password in an address. */
const LONGEST_USER = 500;

/** What manuals and comments write in place of a secret. */
const forShow = /example|placeholder|user(?:name)?:pass|\bfoo:bar\b|x{8}|\{\{|\$\{|%%/i;

/**
 * What the recommended rules of secretlint find. The rules run without secretlint's own engine: its profiler measures
 * marks in promises that outlive the scan, and fails when sf clears the marks at the end of a command.
 */
export const presetSecrets = async (path: string, text: string, words: TextWords): Promise<SecretHit[]> => {
  const isWorthwhile = worthwhile.some(({ look, pattern }) => words.has(look) && pattern.test(text));
  if (!isWorthwhile && !(words.has('address') && namesUser(text))) return [];
  const reports = await runRules(await rules(), path, text);
  return reports.flatMap(({ rule, messageId, start, end }): SecretHit[] => {
    const value = text.slice(start, end);
    // The rule takes any key of 40 characters, the hash of a commit for one, and an account id is no secret.
    const isNone = rule === 'aws' && (messageId === 'AWSAccountID' || !/aws|secret/i.test(value));
    return isNone || forShow.test(value) ? [] : [{ kind: `${rule} credential`, value, index: start }];
  });
};

/** `://user:password@`: few texts contain the last sign, and many an address. */
function namesUser(text: string): boolean {
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let start = at;
    while (start > 0 && at - start <= LONGEST_USER && !/[\s/'"]/.test(text[start - 1] ?? '')) start -= 1;
    if (start < at && at - start <= LONGEST_USER && text.slice(Math.max(0, start - 3), start) === '://') return true;
  }
  return false;
}

type Rule = (typeof import('@secretlint/secretlint-rule-preset-recommend'))['rules'][number];
type RuleContext = Parameters<Rule['create']>[0];
type Source = Parameters<NonNullable<ReturnType<Rule['create']>['file']>>[0];
type RuleReport = { rule: string; messageId: string; start: number; end: number };

/** In the order of the text; of two equal reports of one rule, one. */
async function runRules(active: readonly Rule[], path: string, text: string): Promise<RuleReport[]> {
  const reports: RuleReport[] = [];
  for (const rule of active) {
    const handler = rule.create(contextFor(ruleName(rule.meta.id), reports), {});
    // eslint-disable-next-line no-await-in-loop -- the rules do not wait for anything
    await handler.file?.(sourceOf(path, text));
  }
  const key = ({ rule, messageId, start, end }: RuleReport): string => [rule, messageId, start, end].join(' ');
  const distinct = new Map(reports.map((report) => [key(report), report]));
  return [...distinct.values()].sort((one, other) => one.start - other.start || one.end - other.end);
}

/** Messages of the rules repeat what they found, so no text of theirs is made: the id of the message is enough. */
function contextFor(rule: string, reports: RuleReport[]): RuleContext {
  return {
    sharedOptions: {},
    createTranslator: () => (messageId) => ({ message: '', messageId: String(messageId), data: {} }),
    report: ({ message, range: [start, end] }) =>
      reports.push({ rule, messageId: String(message.messageId), start, end }),
    // Only comments that switch rules off use this, and their rule is left out.
    ignore: () => undefined,
  };
}

function sourceOf(path: string, text: string): Source {
  const lineOf = (index: number): number => text.slice(0, index).split('\n').length;
  const unused = (): never => {
    throw new Error('The rules do not ask for this.');
  };
  return {
    hasBOM: false,
    content: text,
    filePath: path,
    physicalFilePath: undefined,
    contentType: 'text',
    ext: '',
    getFilePath: () => path,
    getPhysicalFilePath: () => undefined,
    indexToPosition: (index) => ({ line: lineOf(index), column: 0 }),
    locationToRange: unused,
    rangeToLocation: unused,
    positionToIndex: unused,
  };
}

const ruleName = (ruleId: string): string => ruleId.replace('@secretlint/secretlint-rule-', '');

/** Loaded by the first file that needs them: the rules take as long as a thousand files. */
let loaded: Promise<readonly Rule[]> | undefined;
const rules = (): Promise<readonly Rule[]> => (loaded ??= load());

async function load(): Promise<readonly Rule[]> {
  const preset = await import('@secretlint/secretlint-rule-preset-recommend');
  return preset.rules.filter(({ meta }) => !left.has(ruleName(meta.id)));
}

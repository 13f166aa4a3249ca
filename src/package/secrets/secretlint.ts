import type { SecretHit } from './findSecrets.js';

/**
 * What a text must hold for a rule of the preset to find anything: the fixed part of its pattern. Cheap to look for,
 * and most files hold none.
 */
const worthwhile: readonly RegExp[] = [
  // By the sign at their end, which is rarer than the letters before it.
  /[_.-](?<=\b(?:npm|gsk|hf|lin_api|ntn|shp[a-z]{2}|gh[a-z]|gl(?:c|sa)|ops|vc[a-z])_|(?:github_pat|dckr_pat|figd)_|\b(?:xox[a-z]|xapp|sk)-|glpat-|\b(?:SG|hv[sbr])\.)/i,
  /mongodb|mysql|postgres|"auths?"|_authToken|private_key|hooks\.slack|secret_?(?:access_?)?key/i,
  /aws/i,
  /\bdapi/i,
  /:\/\/[^\s/'"]{1,500}@/,
];

/** Keys are proven elsewhere, also those in the file of a service account; no comment in a package decides what is reported. */
const left: ReadonlySet<string> = new Set(['privatekey', 'filter-comments', 'gcp']);

/** What manuals and comments write in place of a secret. */
const forShow = /example|placeholder|user(?:name)?:pass|\bfoo:bar\b|x{8}|\{\{|\$\{|%%/i;

/** What the recommended rules of secretlint find. */
export const presetSecrets = async (path: string, text: string): Promise<SecretHit[]> => {
  if (!worthwhile.some((pattern) => pattern.test(text))) return [];
  const { lintSource, rules } = await secretlint();
  // The result repeats the text in clear: it goes no further than this function.
  const { messages } = await lintSource({
    source: { filePath: path, content: text, ext: '', contentType: 'text' },
    options: { config: { rules }, noPhysicFilePath: true, locale: 'en', maskSecrets: true },
  });
  return messages.flatMap(({ ruleId, messageId, range: [start, end] }): SecretHit[] => {
    const [rule, value] = [nameOf(ruleId), text.slice(start, end)];
    // The rule takes any key of 40 characters, the hash of a commit for one, and an account id is no secret.
    const isNone = rule === 'aws' && (messageId === 'AWSAccountID' || !/aws|secret/i.test(value));
    return isNone || forShow.test(value) ? [] : [{ kind: `${rule} credential`, value, index: start }];
  });
};

const nameOf = (ruleId: string): string => ruleId.replace('@secretlint/secretlint-rule-', '');

/** Loaded by the first file that needs it: the rules take as long as a thousand files. */
let loaded: Promise<Secretlint> | undefined;
const secretlint = (): Promise<Secretlint> => (loaded ??= load());

type LintSource = typeof import('@secretlint/core').lintSource;
type Secretlint = {
  lintSource: LintSource;
  rules: Parameters<LintSource>[0]['options']['config']['rules'];
};

const load = async (): Promise<Secretlint> => {
  const [{ lintSource }, preset] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
  ]);
  const rules = preset.rules
    .filter(({ meta }) => !left.has(nameOf(meta.id)))
    .map((rule) => ({ id: rule.meta.id, rule }));
  return { lintSource, rules };
};

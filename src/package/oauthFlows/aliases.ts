import type { Language } from './languages.js';

/** How the source code of a language gives something another name: the module or path, and the names in it. */
type Renaming = { languages: readonly Language[]; statement: RegExp; pairs: RegExp };

const RENAMINGS: readonly Renaming[] = [
  {
    // `from simple_salesforce import Salesforce as SF`, `import zeep as z`
    languages: ['Python'],
    statement: /^[ \t]*(?:from[ \t]+[\w.]{1,200}[ \t]+)?import[ \t]+(\([^)]{1,2000}\)|[^\n]{1,500})/gm,
    pairs: /\b(\w{1,80})\s+as\s+(\w{1,80})\b/g,
  },
  {
    languages: ['JavaScript', 'TypeScript', 'markup'],
    statement: /\bimport\s*(\{[^{}]{1,2000}\})\s*from\s*["'][^"'\n]{0,100}(?:force|oauth|openid)/g,
    pairs: /\b(\w{1,80})\s+as\s+(\w{1,80})\b/g,
  },
  {
    languages: ['JavaScript', 'TypeScript', 'markup'],
    statement:
      /\b(?:const|let|var)\s*(\{[^{}]{1,2000}\})\s*=\s*require\s*\(\s*["'][^"'\n]{0,100}(?:force|oauth|openid)/g,
    pairs: /\b(\w{1,80})\s*:\s*(\w{1,80})\b/g,
  },
  {
    languages: ['Kotlin'],
    statement: /^[ \t]*import[ \t]+([^\n]{1,300})/gm,
    pairs: /\b(\w{1,80})\s+as\s+(\w{1,80})\b/g,
  },
  { languages: ['PHP'], statement: /^[ \t]*use[ \t]+([^;\n]{1,300});/gm, pairs: /\b(\w{1,80})\s+as\s+(\w{1,80})\b/gi },
  {
    languages: ['Scala'],
    statement: /^[ \t]*import[ \t]+([^\n]{1,300})/gm,
    pairs: /\b(\w{1,80})\s*(?:=>|\bas\b)\s*(\w{1,80})\b/g,
  },
];
/** `using Client = Acme.SoapClient;`, `sf "github.com/k-capehart/go-salesforce/v2"`: the new name comes first. */
const ASSIGNMENTS: ReadonlyArray<{ languages: readonly Language[]; pair: RegExp }> = [
  { languages: ['C#'], pair: /^[ \t]*using[ \t]+(\w{1,80})\s*=\s*(?:[\w.]{1,200}\.)?(\w{1,80})\s*;/gm },
  {
    languages: ['Go'],
    pair: /^[ \t]*(?:import[ \t]+)?([A-Za-z]\w{0,40})[ \t]+"[^"\s]{0,200}?\/(?:go-)?(\w{1,60})(?:\/v\d+)?"/gm,
  },
];

/**
 * The code with the original names of what its imports rename, so that the rules find a library however it is called.
 * Lines stay where they are; offsets do not.
 */
export function withoutAliases(code: string, language: Language): string {
  const renamed = new Map<string, string>();
  for (const { languages, statement, pairs } of RENAMINGS) {
    if (!languages.includes(language)) continue;
    for (const { 1: list = '' } of code.matchAll(statement)) {
      for (const { 1: name = '', 2: alias = '' } of list.matchAll(pairs)) renamed.set(alias, name);
    }
  }
  for (const { languages, pair } of ASSIGNMENTS) {
    if (!languages.includes(language)) continue;
    for (const { 1: alias = '', 2: name = '' } of code.matchAll(pair)) renamed.set(alias, name);
  }
  renamed.delete('default');
  if (renamed.size === 0) return code;
  return code.replace(/(?<![\w$."'`-])[A-Za-z_]\w{0,80}/g, (word) => renamed.get(word) ?? word);
}

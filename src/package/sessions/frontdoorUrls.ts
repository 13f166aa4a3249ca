import { lineAt } from '../reading/readCodeFiles.js';
import { withoutComments } from '../parsing/stripComments.js';
import type { FrontdoorUse } from '../facts.js';

/** What the text of a file does with frontdoor URLs, told without a parser so that it holds for any language. */
export type FrontdoorSign = Pick<FrontdoorUse, 'line' | 'at' | 'kind'>;

/** Of one file: a file with more is judged by these. */
const most = 200;

const frontdoor = /frontdoor|singleaccess/i;
/** `?sid=` behind a frontdoor page: a URL that is put together, not taken apart. */
const building = /frontdoor\.jsp\?[^'"`\s]{0,2000}?\bsid=/i;
const taking = new RegExp(
  [
    // Also getParameter, getQueryParameter, getAll.
    /\.get\w*\(\s*['"`]sid['"`]\s*\)/,
    /\[\s*['"`]sid['"`]\s*\]/,
    /\.(?:split|substring(?:After|Between|AfterLast)|indexOf|lastIndexOf|match|matchAll|search|replace(?:First|All)?|compile)\(\s*(?:\/|r?['"`])[^'"`\n]{0,40}?\bsid=/,
    /\/[^/\n'"`]{0,40}?\bsid=[^/\n]{0,40}\/[a-z]*\s*\.\s*(?:exec|test)\b/,
    // A pattern that is kept first, and used elsewhere.
    /\bRegExp\(\s*['"`][^'"`\n]{0,40}?\bsid=/,
    /[=(,:]\s{0,20}\/[^/\n'"`]{0,40}?\bsid=[^/\n'"`]{0,40}\//,
    // A part of a query that somebody else took apart.
    /\{[^{}\n]{0,200}\bsid\b[^{}\n]{0,200}\}\s{0,20}=(?![=>])[^;\n]{0,200}/,
    /\.sid\b(?!\s{0,20}(?:=(?!=)|\())/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gi'
);

/** The places where a session id is taken out of a frontdoor URL, may be, or is put into one. */
export const frontdoorSigns = (source: string): FrontdoorSign[] => {
  if (!frontdoor.test(source)) return [];
  const text = withoutComments(source);
  if (!frontdoor.test(text)) return [];
  const names = namesOfFrontdoor(text);
  const takes = [...text.matchAll(taking)].slice(0, most).map(({ index, 0: found }): FrontdoorSign => {
    const statement = `${statementAt(text, index)} ${found}`;
    // What goes into a URL that is put together comes from somewhere else.
    const isAbout = frontdoor.test(statement) && !building.test(statement);
    const known = isAbout || wordsIn(statement).some((word) => names.has(word));
    return { line: lineAt(text, index), at: snippet(found), kind: known ? 'taken' : 'near' };
  });
  const built = building.exec(text);
  const signs = built
    ? [...takes, { line: lineAt(text, built.index), at: 'frontdoor.jsp?sid=', kind: 'built' as const }]
    : takes;
  const told = new Map<string, number>();
  return signs.map((sign) => {
    const ordinal = (told.get(sign.at) ?? 0) + 1;
    told.set(sign.at, ordinal);
    return ordinal === 1 ? sign : { ...sign, at: `${sign.at} #${ordinal}` };
  });
};

/** Variables that hold a frontdoor URL, or something that is made of one. */
const namesOfFrontdoor = (text: string): ReadonlySet<string> => {
  const assignments = [...text.matchAll(/(?<![\w$])([A-Za-z_$][\w$]{0,99})\s{0,20}=(?![=>])\s{0,20}([^;{}]{1,400})/g)];
  const names = new Set<string>();
  // A few steps are enough for a URL that is parsed and then asked.
  for (let step = 0; step < 4; step += 1) {
    for (const [, name = '', value = ''] of assignments) {
      const made = !building.test(value) && (frontdoor.test(value) || wordsIn(value).some((word) => names.has(word)));
      if (made) names.add(name);
    }
  }
  return names;
};

const wordsIn = (text: string): string[] => text.match(/[A-Za-z_$][\w$]*/g) ?? [];

const statementAt = (text: string, offset: number): string => {
  const before = text.slice(Math.max(0, offset - 500), offset);
  const after = text.slice(offset, offset + 100);
  const start = Math.max(before.lastIndexOf(';'), before.lastIndexOf('{'), before.lastIndexOf('}'));
  return before.slice(start + 1) + after.replace(/[;{}][\s\S]*/, '');
};

/** Without what is taken apart, which may hold any literal. */
const snippet = (found: string): string => found.replace(/\}\s*=[^]*/, '}=').replace(/\s+/g, '');

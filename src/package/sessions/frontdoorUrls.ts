import { withoutComments } from '../parsing/stripComments.js';
import type { FrontdoorUse } from '../facts.js';
import { lineAt } from '../parsing/lineAt.js';
import { withOrdinals } from './ordinals.js';

/** What the text of a file does with frontdoor URLs. It needs no parser, so it works for any language. */
type FrontdoorSign = Pick<FrontdoorUse, 'line' | 'at' | 'kind'>;

/** Of one file: a file with more is evaluated by these. */
const most = 200;

/** Also the Salesforce CLI, which prints such a URL: `sf org open --url-only`. */
const frontdoor = /frontdoor|singleaccess|\borg(?:[ :]|["',\s]{2,6})open\b/i;
/** `?sid=` after a frontdoor page: a URL that is put together, not taken apart. */
const building = /frontdoor\.jsp\?[^'"`\s]{0,2000}?\bsid=/i;
const taking = new RegExp(
  [
    // Also getParameter, getQueryParameter, getAll; in Ruby and Go, fetch and FormValue.
    /\.(?:get\w*|fetch|dig|value|FormValue|cookies?)\(\s*['"`:]sid\b['"`]?\s*\)/,
    /\[\s*(?:['"`]sid['"`]|:sid)\s*\]/,
    // A parameter or a cookie by its name: `c.name === 'sid'`, `"sid".equals(name)`, `case 'sid':`.
    /(?:[=!]==?|\beq|\bcase|\bequals(?:IgnoreCase)?\s*\(|\bstrcmp\s*\([^,\n]{0,80},|\bin)\s*['"`]sid['"`]/,
    /['"`]sid['"`]\s*(?:[=!]==?|\.equals\w*\()/,
    // What begins with `sid=` or comes after it: startsWith, HasPrefix, start_with?, partition, explode, strpos.
    /[\w?!]\(\s*(?:[^()'"`\n]{0,80},\s*)?r?['"`][?&;\s]{0,2}sid=['"`]\s*[,)]/,
    // A pattern, in whatever call: `Regex.Match(url, "sid=([^&]+)")`, `url[/sid=([^&]+)/, 1]`, `grep -o 'sid=[^&]*'`.
    /['"`/][^'"`/\n]{0,40}?\bsid=\\{0,2}(?:\(|\[\^|\.[*+]|\\[Sw])/,
    // In a shell: `${url#*sid=}`, `awk -F 'sid='`, a line of a cookie jar.
    /\$\{\w{1,60}#{1,2}[^}\n]{0,20}\bsid=\}/,
    /\b(?:awk|grep|cut|sed)\b[^|\n]{0,60}['"\s/](?:\\t|\s)?sid\b['"=\s/\\]/,
    /\.(?:split|substring(?:After|Between|AfterLast)|indexOf|lastIndexOf|match|matchAll|search|replace(?:First|All)?|compile)\(\s*(?:\/|r?['"`])[^'"`\n]{0,40}?\bsid=/,
    /\/[^/\n'"`]{0,40}?\bsid=[^/\n]{0,40}\/[a-z]*\s*\.\s*(?:exec|test)\b/,
    // A pattern that is kept first, and used elsewhere.
    /\bRegExp\(\s*['"`][^'"`\n]{0,40}?\bsid=/,
    /[=(,:]\s{0,20}\/[^/\n'"`]{0,40}?\bsid=[^/\n'"`]{0,40}\//,
    // A part of a query that other code split.
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
  const byLine = !/;[ \t]*$/m.test(text);
  const names = namesOfFrontdoor(text, byLine);
  const isOpened = opensFrontdoor(text, names);
  const takes = [...text.matchAll(taking)].slice(0, most).map(({ index, 0: found }): FrontdoorSign => {
    const statement = `${statementAt(text, index, byLine)} ${found}`;
    // What goes into a URL that is put together comes from somewhere else.
    const isAbout = frontdoor.test(statement) && !building.test(statement);
    const isKnown = isAbout || wordsIn(statement).some((word) => names.has(word));
    const known = isKnown || (isOpened && cookies.test(statement));
    return { line: lineAt(text, index), at: snippet(found), kind: known ? 'taken' : 'near' };
  });
  const built = building.exec(text);
  const signs = built
    ? [...takes, { line: lineAt(text, built.index), at: 'frontdoor.jsp?sid=', kind: 'built' as const }]
    : takes;
  return withOrdinals(signs, ({ at }) => at);
};

/** What sends a browser or a client of HTTP to an address; its cookies then have the session. */
const opening =
  /(?:\.\s{0,4}(?:get|goto|visit|navigate(?:To)?|GoToUrl|load(?:Url)?)|\b(?:browser|agent|driver|page)\w{0,20}\s{0,4}\.\s{0,4}(?:open|url|request))\s{0,4}\(([^;\n]{0,400})/gi;
const cookies = /cookie/i;

function opensFrontdoor(text: string, names: ReadonlySet<string>): boolean {
  const built = [...text.matchAll(/(?<![\w$])([A-Za-z_$][\w$]{0,99})\s{0,20}:?=(?![=>])[^;\n]{0,400}?frontdoor/gi)];
  const known = new Set([...names, ...built.map(([, name = '']) => name)]);
  return [...text.matchAll(opening)].some(
    ([, given = '']) => frontdoor.test(given) || wordsIn(given).some((word) => known.has(word))
  );
}

/** Variables that contain a frontdoor URL, or something that is made of one. */
const namesOfFrontdoor = (text: string, byLine: boolean): ReadonlySet<string> => {
  const pattern = byLine
    ? /(?<![\w$])([A-Za-z_$][\w$]{0,99})(?:,[ \t]?[\w$]{1,40})?[ \t]{0,20}:?=(?![=>~])[ \t]{0,20}([^\n]{1,400})/g
    : /(?<![\w$])([A-Za-z_$][\w$]{0,99})\s{0,20}:?=(?![=>])\s{0,20}([^;{}]{1,400})/g;
  const assignments = [...text.matchAll(pattern)];
  // `const { frontdoor_uri: door } = answer`
  const renamed = [
    ...text.matchAll(
      /\{[^{}]{0,200}\bfrontdoor\w{0,20}["']?\s{0,20}:\s{0,20}([A-Za-z_$][\w$]{0,99})[^{}]{0,200}\}\s{0,20}=/gi
    ),
  ];
  const names = new Set(renamed.map(([, name = '']) => name));
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

/** The statement around an offset. `byLine`: the language ends statements with lines. */
const statementAt = (text: string, offset: number, byLine: boolean): string => {
  if (byLine) {
    const end = text.indexOf('\n', offset);
    return text.slice(text.lastIndexOf('\n', offset) + 1, end < 0 ? text.length : end).slice(0, 2000);
  }
  const before = text.slice(Math.max(0, offset - 500), offset);
  const after = text.slice(offset, offset + 100);
  const start = Math.max(before.lastIndexOf(';'), before.lastIndexOf('{'), before.lastIndexOf('}'));
  return before.slice(start + 1) + after.replace(/[;{}][\s\S]*/, '');
};

/** Without what is taken apart, which may contain any literal. */
const snippet = (found: string): string => found.replace(/\}\s*=[^]*/, '}=').replace(/\s+/g, '');

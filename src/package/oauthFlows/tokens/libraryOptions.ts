import { closing } from '../../parsing/brackets.js';
import { mentionsChallenge } from './challenge.js';

/** A call of a library that asks for an authorization code. `code`: its file. */
type LibraryCall = { code: string; language: string; offset: number; form: string };

/**
 * The code with all options that decide whether a library sends a challenge; `undefined`: some are handed in, or the
 * library is not known.
 */
export function challengeOptions({ code, language, offset, form }: LibraryCall): string | undefined {
  if (form.includes('getAuthorizationUrl'))
    return /\bnew\s+(?:\w+\.)*OAuth2\s*\(\s*\{(?![^{}]*\.\.\.)/.test(code) ? code : undefined;
  const start = code.indexOf('(', offset);
  const given = code.slice(start + 1, closing(code, start));
  // https://pkg.go.dev/golang.org/x/oauth2#Config.AuthCodeURL: options follow the state.
  if (language === 'Go' && form === 'AuthCodeURL' && code.includes('golang.org/x/oauth2'))
    return given.includes(',') || mentionsChallenge(code) ? undefined : given;
  // passport-oauth2 sends a challenge only with its option `pkce`, and strategies for Salesforce pass theirs on.
  if (!form.endsWith('Strategy') || !/^passport-(?:oauth2|forcedotcom|salesforce)/.test(moduleOf(code, form)))
    return undefined;
  const end = closing(given, 0);
  return given.trimStart().startsWith('{') && !given.slice(0, end).includes('...') ? given.slice(0, end) : undefined;
}

/** Whether a strategy of passport is that of a vendor by its module, and not of Salesforce. */
export function isStrategyOfAnother(code: string, form: string): boolean {
  const found = form.endsWith('Strategy') ? moduleOf(code, form) : '';
  return /^passport-(?!oauth2|oauth$|openid|saml|custom|forcedotcom|salesforce)\w/.test(found);
}

/** The module that a constructor is taken from. */
function moduleOf(code: string, form: string): string {
  const name = form.replace(/^[^]*\W/, '');
  const statement = new RegExp(
    `\\b${name}\\b[^;\\n]{0,120}?(?:\\brequire\\s*\\(\\s*|\\bfrom\\s+)["'\`]([^"'\`\\n]{1,100})`
  );
  return statement.exec(code)?.[1] ?? '';
}

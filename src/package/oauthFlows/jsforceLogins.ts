import type { Flow } from '../facts.js';
import type { LibraryCall } from '../sessions/javascript/dataFlow.js';
import { scriptsIn } from '../sessions/javascript/scripts.js';
import type { ScriptModules } from './scriptModules.js';

/** A login with jsforce, where it starts in the text, and why it may be none. */
type JsforceLogin = { what: Flow; form: string; offset: number; unsure?: string };

/** The names of `forms` that these replace where the scripts of a file can be followed. */
export const FOLLOWED_FORMS: ReadonlySet<string> = new Set([
  'jsforce login',
  'jsforce loginByOAuth2',
  'jsforce loginBySoap',
  'jsforce browser login',
]);

const MODULE = /^(?:jsforce(?:\/[\w/.-]+)?|@jsforce\/[\w-]+|@salesforce\/core(?:-bundle)?)(?:\.(?:default|jsforce))*/
  .source;
const connection = new RegExp(`${MODULE}\\.Connection\\(\\)\\.(login|loginByOAuth2|loginBySoap)$`);
const passwordGrant = new RegExp(
  `${MODULE}\\.OAuth2\\(\\)\\.authenticate$|${MODULE}\\.Connection\\(\\)\\.oauth2\\.authenticate$`
);
const browser = new RegExp(`${MODULE}\\.(?:browser|BrowserClient\\(\\))\\.login$`);
/** An object that comes from elsewhere: a parameter, a variable of another script, another file of the solution. */
const fromElsewhere = /^(?:\?|\.|\w+\.)/;
/** Objects with a login of their own: a request of Passport, a client for files or mail. */
const others = /(?:^|[.?])(?:req|request|ctx|context|passport|smtp|imap|page|(?=\w*(?:auth|ftp)|msal)\w+)\.login$/i;
/** How authors name a connection. */
const connectionName = /(?:conn|connection|jsforce|sfdc?|salesforce|org)(?:\(\))?\.(login|loginByOAuth2|loginBySoap)$/i;

/**
 * The logins with jsforce in a file, by the values of its scripts: a connection is what `new Connection()` made, however
 * it is named. `undefined`: the scripts could not be parsed or fully followed.
 */
export async function jsforceLogins(
  path: string,
  code: string,
  modules?: ScriptModules
): Promise<readonly JsforceLogin[] | undefined> {
  const { parseScript } = await import('../sessions/javascript/parse.js');
  const { libraryCalls } = await import('../sessions/javascript/followScripts.js');
  const found: JsforceLogin[] = [];
  for (const { script, start, linesBefore } of scriptsIn({ path, text: code })) {
    const program = parseScript(script, path);
    if (!('type' in program)) return undefined;
    try {
      const calls = libraryCalls({ file: path, program, linesBefore });
      for (const call of calls) {
        // eslint-disable-next-line no-await-in-loop -- most calls lead to no other file
        const names = await namesOf(call, path, modules);
        found.push(...names.flatMap((name) => loginOf({ ...call, name }, start) ?? []).slice(0, 1));
      }
    } catch (error) {
      // Too deep for the stack, or more steps than one file may take.
      if (error instanceof Error) return undefined;
      throw error;
    }
  }
  return found;
}

/** The names of what is called: where another file of the integration made it, those that it has there. */
const namesOf = async ({ name }: LibraryCall, path: string, modules?: ScriptModules): Promise<readonly string[]> => {
  if (modules === undefined || !methods.test(name)) return [name];
  if (modules.isForeign(name, path)) return [];
  return (await modules.resolve(name, path)) ?? [name];
};

const methods = /\.(?:login(?:ByOAuth2|BySoap)?|authenticate)$/;

const loginOf = (call: LibraryCall, start: number): JsforceLogin | undefined => {
  const { name, place, args, spread } = call;
  const offset = start + place.node.start;
  if (browser.test(name)) return { what: 'implicit', form: 'jsforce browser login', offset };
  if (args.length < 2 && !spread) return undefined;
  if (passwordGrant.test(name)) return { what: 'username-password', form: 'jsforce OAuth2.authenticate', offset };
  const method = connection.exec(name)?.[1] ?? methodElsewhere(call);
  if (method === undefined) return undefined;
  const what = method === 'loginBySoap' ? 'soap-login' : 'username-password';
  const unsure = whyUnsure(call, method);
  return { what, form: `jsforce ${method}`, offset, ...(unsure === undefined ? {} : { unsure }) };
};

const methodElsewhere = ({ name, written }: LibraryCall): string | undefined =>
  fromElsewhere.test(name) && !others.test(written || name)
    ? /\.(login(?:ByOAuth2|BySoap)?)$/.exec(name)?.[1]
    : undefined;

const whyUnsure = ({ name, written, args, spread }: LibraryCall, method: string): string | undefined => {
  if (spread && args.length < 2) return 'the code does not show its arguments';
  return connection.test(name) || connectionName.test(written) || method !== 'login'
    ? undefined
    : `the code does not show what ${written.replace(/\.\w+$/, '') || 'the object'} is`;
};

import { formsOf, ofLibrary } from './form.js';

/** Between the words of a command line: blanks, or what divides the elements of a list of arguments. */
const next = String.raw`(?:\s+|["'\`]\s{0,4}[,[(\s]{1,12}["'\`])`;
const part = String.raw`(?:[ :]|["'\`]\s{0,4},\s{0,4}["'\`])`;
/** The Salesforce CLI, in scripts, in pipelines, and in programs that start it. */
const cli = String.raw`(?:\b(?:sf(?:dx)?|(?=\w*sf_?cli)\w+)|@salesforce\/cli(?:@[\w.-]{1,30})?)${next}`;
/** Its logins, which no other program has, so it may have any name or be called by a function. */
const login = new RegExp(
  String.raw`\borg${part}login${part}|\bauth${part}(?:device|web|jwt|sfdxurl|accesstoken)${part}`
);

/** Recognised flows of scripts and of the programs that they call. */
export const shellForms = formsOf('all', [
  ...ofLibrary(login, [
    { name: 'sf org login jwt', flow: 'jwt-bearer', pattern: command('org login jwt', 'auth jwt grant') },
    { name: 'sf org login web', flow: 'authorization-code', pattern: command('org login web', 'auth web login') },
    { name: 'sf org login device', flow: 'device', pattern: command('org login device', 'auth device login') },
    { name: 'sf org login sfdx-url', flow: 'refresh', pattern: command('org login sfdx-url', 'auth sfdxurl store') },
    {
      name: 'sf org login access-token',
      flow: 'session',
      pattern: command('org login access-token', 'auth accesstoken store'),
    },
  ]),
  ...ofLibrary(new RegExp(cli), [
    {
      name: 'a session of the Salesforce CLI',
      flow: 'session',
      pattern: new RegExp(
        cli + command('org (?:display|open|list|create)', 'force \\w+', '(?:project|data|apex|package) \\w+').source,
        'g'
      ),
    },
  ]),
  {
    name: 'force login with a password',
    flow: 'soap-login',
    languages: ['shell', 'batch', 'PowerShell', 'configuration'],
    with: /\bforce\s+login\b/,
    pattern: /\bforce\s+login\b(?=[^\n]{0,200}(?:-p|--password)[ =])/g,
  },
  {
    name: 'Ant migration tool with a password',
    flow: 'soap-login',
    languages: ['configuration'],
    with: /antlib:com\.salesforce/,
    pattern: /<sf:\w+\b[^>]{0,400}\bpassword\s*=/g,
  },
]);

/** A command of the CLI by its words, of which old versions join some with colons. */
function command(...written: string[]): RegExp {
  const words = written.map((one) => one.replaceAll(' ', part)).join('|');
  return new RegExp(String.raw`\b(?:${words})\b`, 'g');
}

import type { Form } from './form.js';

/** The Salesforce CLI, in scripts, in pipelines, and in programs that start it. */
const cli = /\bsf(?:dx)?\s+(?:org|force|auth|project|data|apex|package)[ :]/;

/** Recognised flows of scripts and of the programs that they call. */
export const shellForms: readonly Form[] = [
  {
    name: 'sf org login jwt',
    flow: 'jwt-bearer',
    languages: 'all',
    with: cli,
    pattern: /\b(?:sf(?:dx)?|(?=\w*sf_?cli)\w+)\s+(?:org[ :]login[ :]jwt|(?:force:)?auth:jwt:grant)\b/g,
  },
  {
    name: 'sf org login web',
    flow: 'authorization-code',
    languages: 'all',
    with: cli,
    pattern: /\bsf(?:dx)?\s+(?:org[ :]login[ :]web|(?:force:)?auth:web:login)\b/g,
  },
  {
    name: 'sf org login device',
    flow: 'device',
    languages: 'all',
    with: cli,
    pattern: /\bsf(?:dx)?\s+(?:org[ :]login[ :]device|(?:force:)?auth:device:login)\b/g,
  },
  {
    name: 'sf org login sfdx-url',
    flow: 'refresh',
    languages: 'all',
    with: cli,
    pattern: /\bsf(?:dx)?\s+(?:org[ :]login[ :]sfdx-url|(?:force:)?auth:sfdxurl:store)\b/g,
  },
  {
    name: 'a session of the Salesforce CLI',
    flow: 'session',
    languages: 'all',
    with: cli,
    pattern:
      /\bsf(?:dx)?\s+(?:org[ :](?:login[ :]access-token|display|open|list|create)|(?:force:)?auth:accesstoken:store|force:\w+|project[ :]\w+|data[ :]\w+|apex[ :]\w+|package[ :]\w+)/g,
  },
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
];

import type { Interfaces } from '@oclif/core';
import { page, table } from './markdown.js';

type Manifest = Interfaces.Manifest;

/** The flags of each command: a removed or renamed one breaks the build, not the pipeline of a user. */
export const commandSnapshot = ({ commands }: Manifest): unknown =>
  Object.values(commands)
    .map(({ id, flags, aliases, pluginName }) => ({
      command: id,
      plugin: pluginName,
      alias: aliases,
      flags: Object.keys(flags).sort(),
      flagChars: Object.values(flags)
        .flatMap(({ char }) => (char ? [char] : []))
        .sort(),
    }))
    .sort((one, other) => one.command.localeCompare(other.command));

/** The help of the commands as a page. */
export const commandReference = ({ commands }: Manifest): string =>
  page([
    '<!-- Generated from the commands by `npm run docs`. -->',
    '# Commands',
    ...Object.values(commands).flatMap(({ id, summary, description, args, flags, examples }) => [
      `## \`${['sf', ...id.split(':'), ...Object.values(args).map(argumentName)].join(' ')}\``,
      text(summary),
      text(description),
      table(
        ['flag', 'meaning'],
        [
          ...Object.values(args).map((arg) => [`\`${argumentName(arg)}\``, text(arg.description)]),
          ...Object.entries(flags)
            .filter(([, flag]) => flag.helpGroup !== 'GLOBAL')
            .map(([name, flag]) => [flagName(name, flag), `${text(flag.summary)}${options(flag)}`]),
        ]
      ),
      '### Examples',
      ...(examples ?? []).map((example) => filled(String(example), id)),
    ]),
    '## Exit codes',
    exitCodes(Object.values(commands).find(({ id }) => id === 'security-review:audit-org')),
  ]);

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const filled = (example: string, id: string): string =>
  example
    .replaceAll('<%= config.bin %>', 'sf')
    .replaceAll('<%= command.id %>', id.replaceAll(':', ' '))
    .replace(/^- /, '')
    .replace(/^ {2}sf /gm, '    sf ');
const argumentName = ({ name, multiple }: { name: string; multiple?: boolean }): string =>
  `${name.toUpperCase()}${multiple ? '…' : ''}`;
const flagName = (name: string, { char }: { char?: string }): string => `\`--${name}\`${char ? `, \`-${char}\`` : ''}`;
const options = (flag: object): string =>
  'helpValue' in flag && typeof flag.helpValue === 'string' && flag.helpValue.includes('|')
    ? ` One of: ${flag.helpValue.slice(1, -1).split('|').join(', ')}.`
    : '';

const exitCodes = (command: Manifest['commands'][string] | undefined): string => {
  const section: unknown = command?.errorCodes;
  if (typeof section !== 'object' || section === null || !('body' in section) || !Array.isArray(section.body))
    return '';
  const rows = section.body as ReadonlyArray<{ name: string; description: string }>;
  return table(
    ['code', 'means'],
    rows.map(({ name, description }) => [name, description])
  );
};

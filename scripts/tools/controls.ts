import type { CataloguedControl } from '../../src/catalogue.js';
import type { Collector, Control } from '../../src/engine/types.js';
import { page, table } from './markdown.js';

const bullets = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');

/** A section for each control of a domain, from the texts of its file. */
export const controlReference = (command: string, controls: readonly CataloguedControl[]): string =>
  page([
    '<!-- Generated from the controls by `npm run docs`. -->',
    `# Controls of \`sf security-review ${command}\``,
    ...controls.flatMap((control) => [
      `## ${control.id}`,
      `**${control.title}.** Severity: ${control.severity}.${control.attestable ? ' Attestable.' : ''}`,
      `Guidance: ${control.requirement}${control.source === undefined ? '' : ` (${control.source})`}`,
      control.why,
      ...block('Checks', bullets(control.checks)),
      ...block('Fails', bullets(control.fails)),
      ...block('Inconclusive', bullets(control.inconclusive)),
      ...block('Notes', bullets(control.notes ?? [])),
      ...block('Fix', control.fix.map((step, index) => `${index + 1}. ${step}`).join('\n')),
      ...block('Bad', code(control.examples?.bad)),
      ...block('Good', code(control.examples?.good)),
      ...listed('What it reads', control.reads.join(', ')),
      ...listed('What the auditing user needs', control.permissions.map((anyOf) => anyOf.join(' or ')).join('; ')),
      ...listed('What it compares with in the policy', control.compares.map((section) => `\`${section}\``).join(', ')),
      ...listed(
        'Parameters',
        Object.entries(control.parameters)
          .map(([name, value]) => `\`${name}\` (default ${JSON.stringify(value)})`)
          .join(', ')
      ),
      ...block(
        'Rules',
        bullets(control.rules.map(({ id, text }) => `[\`${id}\`](../rules.md#${id.replace('/', '')}): ${text}`))
      ),
      ...(control.references.length > 0 ? [`References:\n\n${bullets(control.references)}`] : []),
    ]),
  ]);

/** A block under its label; nothing without content. */
const block = (label: string, text: string): string[] => (text === '' ? [] : [`**${label}**\n\n${text}`]);

const code = (text: string | undefined): string => (text === undefined ? '' : `\`\`\`text\n${text}\n\`\`\``);

const listed = (label: string, text: string): string[] => (text === '' ? [] : [`${label}: ${text}.`]);

/** Which object is read for which fact, and with which permission. */
export const readsReference = (
  commands: Readonly<Record<string, Readonly<Record<string, Pick<Collector<never, unknown>, 'reads' | 'requires'>>>>>
): string =>
  page([
    '<!-- Generated from the collectors by `npm run docs`. -->',
    '# What is read from an org',
    'Nothing is written, and nothing else is read. A permission is an API name; where several are named, any one is enough.',
    ...Object.entries(commands).flatMap(([command, collectors]) => [
      `## \`${command}\``,
      table(
        ['fact', 'read from', 'permission'],
        Object.entries(collectors).map(([fact, { reads: from, requires }]) => [
          fact,
          from.join(', '),
          requires.map((anyOf) => anyOf.join(' or ')).join('; ') || 'API access',
        ])
      ),
    ]),
  ]);

type Listed = { name: string; controls: ReadonlyArray<Pick<Control<never>, 'id' | 'title' | 'severity'>> };

/** The index of the controls: what must be true for each to pass. */
export const controlIndex = (domains: readonly Listed[]): string =>
  page([
    '<!-- Generated from the controls by `npm run docs`. -->',
    '# Controls',
    'The details of each control are on the page of its domain; `sf security-review explain <control>` prints the same.',
    ...domains.map(({ name, controls }) =>
      table(
        [`${name} control`, 'severity', 'passes when'],
        controls.map(({ id, severity, title }) => [`[\`${id}\`](${name}.md)`, severity, title])
      )
    ),
  ]);

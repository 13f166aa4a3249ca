import type { CataloguedControl } from '../../src/catalogue.js';
import type { Collector, Control } from '../../src/engine/types.js';

const bullets = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');

/** A section for each control of a domain, from the texts that stand beside its judgement. */
export const controlReference = (command: string, controls: readonly CataloguedControl[]): string =>
  [
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
  ]
    .join('\n\n')
    .concat('\n');

/** A block under its label; nothing without content. */
const block = (label: string, text: string): string[] => (text === '' ? [] : [`**${label}**\n\n${text}`]);

const code = (text: string | undefined): string => (text === undefined ? '' : `\`\`\`text\n${text}\n\`\`\``);

const listed = (label: string, text: string): string[] => (text === '' ? [] : [`${label}: ${text}.`]);

/** Which object is read for which fact, and with which permission. */
export const readsReference = (
  commands: Readonly<Record<string, Readonly<Record<string, Pick<Collector<never, unknown>, 'reads' | 'requires'>>>>>
): string =>
  [
    '<!-- Generated from the collectors by `npm run docs`. -->',
    '# What is read from an org',
    'Nothing is written, and nothing else is read. A permission is an API name; where several are named, any one is enough.',
    ...Object.entries(commands).flatMap(([command, collectors]) => [
      `## \`${command}\``,
      [
        '| fact | read from | permission |',
        '| --- | --- | --- |',
        ...Object.entries(collectors).map(
          ([fact, { reads: from, requires }]) =>
            `| ${fact} | ${from.join(', ')} | ${requires.map((anyOf) => anyOf.join(' or ')).join('; ') || 'API access'} |`
        ),
      ].join('\n'),
    ]),
  ]
    .join('\n\n')
    .concat('\n');

type Listed = { name: string; controls: ReadonlyArray<Pick<Control<never>, 'id' | 'title' | 'severity'>> };

/** A page with the table of controls between its two markers. */
export const withBlock = (page: string, name: string, domains: readonly Listed[]): string => {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [before, rest] = page.split(start);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`The page has no ${start} … ${end}.`);
  const table = domains.map(({ name: domain, controls }) =>
    [
      '',
      `| ${domain} control | severity | passes when |`,
      '| --- | --- | --- |',
      ...controls.map(
        ({ id, severity, title }) => `| [\`${id}\`](docs/controls/${domain}.md) | ${severity} | ${title} |`
      ),
      '',
    ].join('\n')
  );
  return [before, start, ...table, end, after].join('\n').replace(/\n{3,}/g, '\n\n');
};

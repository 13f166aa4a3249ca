import type { Collector, Control, Domain } from '../../src/engine/types.js';

/** A domain of which only the texts, needs and reads are looked at. */
type Described<Source, Facts> = Pick<Domain<Source, Facts>, 'name' | 'controls' | 'collectors'>;

const bullets = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');

/** A section for each control of a domain, from the texts that stand beside its judgement. */
export const controlReference = <Source, Facts>(command: string, domain: Described<Source, Facts>): string =>
  [
    '<!-- Generated from the controls by `npm run docs`. -->',
    `# Controls of \`sf security-review ${command}\``,
    ...domain.controls.flatMap((control) => [
      `## ${control.id}`,
      `**${control.title}.** Severity: ${control.severity}.${control.attestable ? ' A person may attest it.' : ''}`,
      `Guidance: ${control.requirement}`,
      `Why: ${control.rationale}`,
      `What to do: ${control.remediation}`,
      ...reads(control, domain),
      ...parameters(control.params),
      ...(control.references.length > 0 ? [`References:\n\n${bullets(control.references)}`] : []),
    ]),
  ]
    .join('\n\n')
    .concat('\n');

const reads = <Source, Facts>(control: Control<Facts>, { collectors }: Described<Source, Facts>): string[] => {
  const needed = control.needs.map((need) => collectors[need]);
  const read = [...new Set(needed.flatMap((collector) => [...collector.reads]))];
  const required = [...new Set(needed.flatMap((collector) => collector.requires.map((anyOf) => anyOf.join(' or '))))];
  return [
    ...(read.length > 0 ? [`What it reads: ${read.join(', ')}.`] : []),
    ...(required.length > 0 ? [`What the auditing user needs: ${required.join('; ')}.`] : []),
  ];
};

const parameters = (params: unknown): string[] => {
  const entries = Object.entries(params ?? {});
  if (entries.length === 0) return [];
  return [
    `Parameters: ${entries.map(([name, value]) => `\`${name}\` (default ${JSON.stringify(value)})`).join(', ')}.`,
  ];
};

/** Which object is read for which fact, and with which permission. */
export const readsReference = (
  collectors: Readonly<Record<string, Pick<Collector<never, unknown>, 'reads' | 'requires'>>>
): string =>
  [
    '<!-- Generated from the collectors by `npm run docs`. -->',
    '# What `audit-org` reads',
    'Nothing is written, and nothing else is read. A permission is an API name; where several are named, any one is enough.',
    [
      '| fact | read from | permission |',
      '| --- | --- | --- |',
      ...Object.entries(collectors).map(
        ([fact, { reads: from, requires }]) =>
          `| ${fact} | ${from.join(', ')} | ${requires.map((anyOf) => anyOf.join(' or ')).join('; ') || 'API access'} |`
      ),
    ].join('\n'),
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

import type { Catalogue } from '../../src/policy/index.js';
import { page, table } from './markdown.js';

/** The part of a JSON Schema that the page shows. */
export type Schema = {
  type?: string;
  description?: string;
  default?: unknown;
  const?: unknown;
  enum?: readonly unknown[];
  examples?: readonly unknown[];
  pattern?: string;
  format?: string;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  items?: Schema;
  anyOf?: readonly Schema[];
};
/** A key of the policy by its whole name, such as `trust.apps[].id`. */
type PolicyKey = { name: string; schema: Schema; isRequired: boolean };

/** Every key below a schema. A control's keys appear once, as `controls.<id>`. */
export function policyKeys(schema: Schema, prefix = ''): PolicyKey[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, value]) => {
    const name = prefix === '' ? key : `${prefix}.${key}`;
    const own = { name, schema: value, isRequired: schema.required?.includes(key) ?? false };
    if (name === 'controls') return [own, ...settingKeys(value)];
    return value.type === 'array'
      ? [own, ...policyKeys(value.items ?? {}, `${name}[]`)]
      : [own, ...policyKeys(value, name)];
  });
}

/** The page about the policy: every key with its type, default, example and description. */
export function policyPage(schema: Schema, catalogue: Catalogue): string {
  const sections = Object.entries(schema.properties ?? {});
  const plain = sections.filter(([, value]) => value.type !== 'array' && value.type !== 'object');
  return page([
    '<!-- Generated from the schema of the policy by `npm run docs`. -->',
    '# The policy',
    '`security-review.yml` contains the decisions of your team. The tool reads the nearest one, from the working directory upwards, or the file of `--policy-file`. Without a policy, every control is on, the gate fails at severity medium, and inconclusive blocks.',
    'A key with the default *required* must be in every entry, and a key with the default – is optional. Dates are `YYYY-MM-DD`. `sf security-review check-policy` names each mistake with its line. For completion in an editor, use [schemas/security-review.schema.json](../schemas/security-review.schema.json).',
    '## Top level',
    tableOf(plain.flatMap(([name]) => policyKeys(schema).filter((key) => key.name === name))),
    ...sections
      .filter((section) => !plain.includes(section))
      .flatMap(([name, value]) => [`## ${name}`, ...sectionOf(name, value, schema, catalogue)]),
  ]);
}

function sectionOf(name: string, { description = '' }: Schema, schema: Schema, catalogue: Catalogue): string[] {
  const keys = policyKeys(schema).filter((key) => key.name.startsWith(name) && key.name !== name);
  return [
    description,
    tableOf(keys),
    ...(name === 'controls' ? ['Controls with parameters:', paramTable(catalogue)] : []),
  ];
}

/** All controls have the same keys, except for their parameters. */
function settingKeys({ properties }: Schema): PolicyKey[] {
  const [first] = Object.values(properties ?? {});
  return policyKeys({ properties: first?.properties }, 'controls.<id>').filter(
    ({ name }) => !name.startsWith('controls.<id>.params.')
  );
}

function tableOf(keys: readonly PolicyKey[]): string {
  return table(
    ['key', 'type', 'default', 'example', 'about'],
    keys.map(({ name, schema, isRequired }) => [
      `\`${name}\``,
      typeOf(schema),
      defaultOf(schema, isRequired),
      exampleOf(schema),
      schema.description ?? '',
    ])
  );
}

function paramTable(catalogue: Catalogue): string {
  const rows = catalogue.flatMap(({ id, params = {} }) =>
    Object.entries(params).map(([name, value]) => `| \`${id}\` | \`${name}\` | ${nameOfType(value)} | ${code(value)} |`)
  );
  return ['| control | `params` | type | default |', '| --- | --- | --- | --- |', ...rows.sort()].join('\n');
}

function typeOf(schema: Schema): string {
  if (schema.const !== undefined) return code(schema.const);
  if (schema.enum && schema.enum.length > 12) return 'control id';
  if (schema.enum) return schema.enum.map(code).join(', ');
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' or ');
  if (schema.type === 'array')
    return schema.items?.type === 'object' ? 'list' : `list of ${typeOf(schema.items ?? {})}`;
  if (schema.type === 'object') return 'mapping';
  if (schema.format === 'date') return 'date';
  return schema.type === 'string' ? 'text' : (schema.type ?? '');
}

function nameOfType(value: unknown): string {
  if (Array.isArray(value)) return 'list of text';
  if (typeof value === 'number') return 'integer';
  if (typeof value === 'boolean') return 'boolean';
  return /^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? 'date' : 'text';
}

function defaultOf({ default: standard }: Schema, isRequired: boolean): string {
  if (isRequired) return '*required*';
  return standard === undefined || (typeof standard === 'object' && JSON.stringify(standard).length === 2)
    ? '–'
    : code(standard);
}

function exampleOf({ examples: [example] = [] }: Schema): string {
  return example === undefined ? '' : code(example);
}

function code(value: unknown): string {
  const text =
    typeof value === 'string' ? value : Array.isArray(value) ? `[${value.join(', ')}]` : JSON.stringify(value);
  return `\`${text.replaceAll('|', '\\|')}\``;
}

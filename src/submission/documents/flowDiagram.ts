import type { Declared } from '../../engine/types.js';
import { appsOf, endpointSubject, integrationAt } from '../packageApps.js';
import type { SubmissionFacts } from '../facts.js';
import { flowText } from '../words.js';

type Facts = Pick<SubmissionFacts, 'project' | 'connectedApps' | 'externalClientApps' | 'endpoints'>;

/** A host, or a component that computes one, and the integration that it belongs to. */
type Host = { name: string; integration: number };

/**
 * The apps, integrations and hosts as a Mermaid flowchart; nothing when there is nothing to draw. Everything that leaves
 * Salesforce crosses the trust boundary between its two boxes; an arrow of an app names the grant.
 */
export function flowsDiagram(facts: Facts, declared: Declared): string {
  const apps = appsOf(facts);
  const { integrations } = declared;
  const hosts = hostsOf(facts, declared);
  if (apps.length + integrations.length + hosts.length === 0) return '';
  return [
    'flowchart LR',
    '  subgraph salesforce["Salesforce"]',
    `    package["Package ${label(facts.project.name)}"]`,
    ...apps.map(({ subject }, index) => `    app${index}["${appText(subject.type)} ${label(subject.name)}"]`),
    '  end',
    ...outside(integrations, hosts),
    ...apps.map((_, index) => `  package --> app${index}`),
    ...integrations.map(({ app, flow }, index) => {
      const held = apps.findIndex(({ subject }) => subject.name === app);
      const grant = `-->|${label(flowText(flow))}|`;
      // The client asks for the token, with the grant of its flow.
      return held < 0 ? `  package ${grant} integration${index}` : `  integration${index} ${grant} app${held}`;
    }),
    ...hosts.map(
      ({ integration }, index) => `  ${integration < 0 ? 'package' : `integration${integration}`} --> host${index}`
    ),
    '',
  ].join('\n');
}

function outside(integrations: Declared['integrations'], hosts: readonly Host[]): string[] {
  if (integrations.length + hosts.length === 0) return [];
  return [
    '  subgraph outside["Outside of Salesforce, behind the trust boundary"]',
    ...integrations.map(({ name }, index) => `    integration${index}["Integration ${label(name)}"]`),
    ...hosts.map(({ name }, index) => `    host${index}["${label(name)}"]`),
    '  end',
  ];
}

/** The hosts that the package reaches, and those that only the policy names. */
function hostsOf({ endpoints }: Facts, declared: Declared): Host[] {
  const { integrations } = declared;
  const found = new Map<string, Host>();
  for (const endpoint of endpoints) {
    const { name } = endpointSubject(endpoint);
    const owner = integrationAt(endpoint, declared);
    found.set(name, {
      name: endpoint.host === undefined ? `${name} (computed)` : name,
      integration: integrations.findIndex((one) => one === owner),
    });
  }
  for (const [integration, { endpoints: named = [] }] of integrations.entries()) {
    for (const name of named.map(hostOf))
      if (name !== undefined && !found.has(name)) found.set(name, { name, integration });
  }
  return [...found.values()];
}

/** A component and a pattern are no host. */
function hostOf(endpoint: string): string | undefined {
  if (URL.canParse(endpoint)) return new URL(endpoint).host || undefined;
  return /^[\w-]+(?:\.[\w-]+)+$/.test(endpoint) ? endpoint.toLowerCase() : undefined;
}

function appText(type: string): string {
  return type === 'ConnectedApp' ? 'Connected App' : 'External Client App';
}

/** Letters, digits and signs that mean nothing to Mermaid. */
function label(text: string): string {
  return text
    .replace(/[^\p{L}\p{N} ._:/()*@-]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

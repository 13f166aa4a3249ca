import type { Declared } from '../../engine/types.js';
import { appsOf, endpointSubject, integrationAt } from '../packageApps.js';
import type { SubmissionFacts } from '../facts.js';
import { flowText } from './words.js';

type Facts = Pick<SubmissionFacts, 'project' | 'connectedApps' | 'externalClientApps' | 'endpoints'>;

/** The apps, integrations and endpoints as a Mermaid flowchart; nothing when there is nothing to draw. */
export const flowsDiagram = (facts: Facts, declared: Declared): string => {
  const apps = appsOf(facts);
  const { integrations } = declared;
  if (apps.length + integrations.length + facts.endpoints.length === 0) return '';
  const hosts = [...new Map(facts.endpoints.map((endpoint) => [endpointSubject(endpoint).name, endpoint])).values()];
  const lines = [
    `  package["Package ${label(facts.project.name)}"]`,
    ...apps.flatMap(({ subject }, index) => [
      `  app${index}["${subject.type === 'ConnectedApp' ? 'Connected App' : 'External Client App'} ${label(subject.name)}"]`,
      `  package --> app${index}`,
    ]),
    ...integrations.flatMap(({ name, app, flow }, index) => {
      const held = apps.findIndex(({ subject }) => subject.name === app);
      return [
        `  integration${index}["Integration ${label(name)}"]`,
        held < 0
          ? `  package --> integration${index}`
          : `  app${held} -->|${label(flowText(flow))}| integration${index}`,
      ];
    }),
    ...hosts.flatMap((endpoint, index) => {
      const { name } = endpointSubject(endpoint);
      const owner = integrations.findIndex((one) => one === integrationAt(endpoint, declared));
      const shown = endpoint.host === undefined ? `${name} (computed)` : name;
      return [
        `  endpoint${index}["${label(shown)}"]`,
        `  ${owner < 0 ? 'package' : `integration${owner}`} --> endpoint${index}`,
      ];
    }),
  ];
  return `flowchart LR\n${lines.join('\n')}\n`;
};

/** Letters, digits and signs that mean nothing to Mermaid. */
const label = (text: string): string =>
  text
    .replace(/[^\p{L}\p{N} ._:/()*@-]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

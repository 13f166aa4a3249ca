import type { ReportingDescriptorReference, ToolComponent } from 'sarif';
import type { ControlInfo } from '../engine/types.js';
import { asvsVersion, mappingOf, weaknesses } from '../salesforce/rules/index.js';

const CWE = 'CWE';
const ASVS = 'OWASP ASVS';

/** The parts of the CWE and of the OWASP ASVS that the controls of a run map to. */
export function taxonomiesOf(controls: readonly ControlInfo[]): ToolComponent[] {
  const mappings = controls.map(({ id }) => mappingOf(id));
  const cwe = [...new Set(mappings.flatMap((one) => one.cwe))].sort((one, other) => one - other);
  const asvs = [...new Set(mappings.flatMap((one) => one.asvs))].sort((one, other) =>
    one.localeCompare(other, 'en', { numeric: true })
  );
  return [
    {
      name: CWE,
      organization: 'MITRE',
      informationUri: 'https://cwe.mitre.org',
      shortDescription: { text: 'Common Weakness Enumeration' },
      taxa: cwe.map((id) => ({
        id: `CWE-${id}`,
        ...(isKnown(id) ? { shortDescription: { text: weaknesses[id] } } : {}),
        helpUri: `https://cwe.mitre.org/data/definitions/${id}.html`,
      })),
    },
    {
      name: ASVS,
      version: asvsVersion,
      organization: 'OWASP',
      informationUri: 'https://owasp.org/www-project-application-security-verification-standard/',
      shortDescription: { text: 'Application Security Verification Standard' },
      taxa: asvs.map((id) => ({ id: `v${asvsVersion}-${id}` })),
    },
  ].filter(({ taxa }) => taxa.length > 0);
}

/** The taxa of a control, for its rule. */
export function taxaOf(control: string): ReportingDescriptorReference[] {
  const { cwe, asvs } = mappingOf(control);
  return [
    ...cwe.map((id) => ({ id: `CWE-${id}`, toolComponent: { name: CWE } })),
    ...asvs.map((id) => ({ id: `v${asvsVersion}-${id}`, toolComponent: { name: ASVS } })),
  ];
}

/** How code scanning services show a weakness: `external/cwe/cwe-287`. */
export function weaknessTags(control: string): string[] {
  return mappingOf(control).cwe.map((id) => `external/cwe/cwe-${String(id).padStart(3, '0')}`);
}

/** `CWE-287 CWE-294`, for a cell; nothing without a mapping. */
export function weaknessCell(control: string): string | undefined {
  return joined(mappingOf(control).cwe.map((id) => `CWE-${id}`));
}

/** `10.4.5 10.4.6`, for a cell; nothing without a mapping. */
export function asvsCell(control: string): string | undefined {
  return joined(mappingOf(control).asvs);
}

function joined(words: readonly string[]): string | undefined {
  return words.length === 0 ? undefined : words.join(' ');
}

function isKnown(id: number): id is keyof typeof weaknesses {
  return id in weaknesses;
}

import { dayAfter, PLACEHOLDER } from '../engine/policyEntries.js';
import type { TargetReport } from '../engine/types.js';
import { plain } from './text.js';

/** The controls that one look at one External Client App in Setup answers. */
type AppAttestation = { app: string; controls: readonly string[]; org?: string };

const YEAR = 365;
const isAboutSetup = /^(?:not-given|not-supported)$/;

/** Each External Client App about which controls wait for an attestation. */
export function appAttestations({ target, results }: TargetReport): AppAttestation[] {
  const controls = new Map<string, Set<string>>();
  for (const { control, verdict, gaps } of results) {
    if (verdict !== 'inconclusive' || !control.attestable) continue;
    for (const { subject, kind, readable, attestation } of gaps) {
      if (subject?.type !== 'ExternalClientApp' || !isAboutSetup.test(kind)) continue;
      if (readable !== undefined || attestation !== undefined) continue;
      controls.set(subject.name, (controls.get(subject.name) ?? new Set()).add(control.id));
    }
  }
  return [...controls].map(([app, ids]) => ({
    app,
    controls: [...ids].sort(),
    ...(target.orgId === undefined ? {} : { org: target.orgId }),
  }));
}

/** Where a person reads what the attestation states. */
export function setupPathOf({ app }: AppAttestation): string {
  return `Setup > External Client App Manager > ${plain(app)} > Settings > OAuth Settings`;
}

/** One entry of `attestations` in YAML, to be completed: the policy refuses its placeholders. */
export function attestationLines({ app, controls, org }: AppAttestation, on: string): string[] {
  return [
    `- subject: ${scalar(`ExternalClientApp:${app}`)}`,
    '  control:',
    ...controls.map((id) => `    - ${id}`),
    ...(org === undefined ? [] : [`  org: ${scalar(org)}`]),
    `  owner: ${scalar(PLACEHOLDER.owner)}`,
    `  reason: ${scalar('<callbacks, PKCE, rotation, device flow and secrets, as Setup shows them>')}`,
    `  on: ${on.slice(0, 10)}`,
    `  expires: ${dayAfter(on, YEAR)}`,
  ];
}

/** A name that says nothing to YAML stays as it is. */
function scalar(text: string): string {
  const shown = plain(text);
  return /^[A-Za-z][\w.@-]*(?::[A-Za-z]\w*)?$/.test(shown) ? shown : JSON.stringify(shown);
}

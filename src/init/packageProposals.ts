import type { EvidenceOf } from '../engine/types.js';
import type { OauthSettings, PackageFacts } from '../package/facts.js';
import { found, integrationChoices, together, type Found, type Proposed } from './proposals.js';

/** The facts of package source that a first policy is drafted from. */
export const packageFactsOfDraft = ['project', 'connectedApps', 'externalClientApps'] as const satisfies ReadonlyArray<
  keyof PackageFacts
>;

/** The apps of a package with OAuth settings: each serves an integration that the policy should name. */
export const ofPackage = (target: string, evidence: EvidenceOf<PackageFacts>): Found =>
  together([
    found('integrations', target, evidence.connectedApps, (apps) => {
      const named = apps.filter(({ kind }) => kind !== 'no-oauth');
      return {
        proposals: named.map(({ name }) => integrationOf('Connected App', name)),
        remarks: named.flatMap(({ name, oauth }) => callbacks(name, oauth)),
      };
    }),
    found('integrations', target, evidence.externalClientApps, (apps) => ({
      proposals: apps.map(({ name }) => integrationOf('External Client App', name)),
      remarks: apps.flatMap(({ name, oauth, global }) => callbacks(name, global ?? oauth)),
    })),
    found('attestations', target, evidence.externalClientApps, (apps) => ({
      proposals: apps
        .filter(({ global }) => global === undefined)
        .map(({ name }) => ({
          about: 'External Client App of the package',
          entry: { subject: `ExternalClientApp:${name}` },
          lists: { control: ANSWERED_IN_SETUP },
          fill: ['owner', 'reason', 'on', 'expires'],
        })),
    })),
  ]);

/** The controls that one look at an External Client App in Setup answers. */
const ANSWERED_IN_SETUP = [
  'package/callbacks-https',
  'package/callbacks-not-mixed',
  'package/localhost-callback-alone',
  'package/no-device-flow',
  'package/pkce-required',
  'package/public-clients-without-secret',
  'package/refresh-tokens-rotated',
  'package/token-ips-allowlisted',
  'package/tokens-stored-securely',
];

const integrationOf = (kind: string, app: string): Proposed => ({
  about: `${kind} of the package`,
  entry: { app },
  fill: integrationChoices,
});

const callbacks = (app: string, settings: OauthSettings | undefined): string[] =>
  (settings?.callbacks ?? []).map(({ value }) => `Endpoint of ${app}: it is called back at ${value}.`);

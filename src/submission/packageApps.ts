import type { Declared, Gap, Integration, Subject } from '../engine/types.js';
import type { Located, OauthSettings } from '../package/facts.js';
import { declares } from '../salesforce/endpoints.js';
import { localName } from '../package/parsing/localName.js';
import { refreshPolicyText } from './words.js';
import type { SubmissionFacts } from './facts.js';

type AppFacts = Pick<SubmissionFacts, 'project' | 'connectedApps' | 'externalClientApps'>;

/** An app of the package, of either kind. `settings`: the OAuth settings in all of its files. */
export type PackageApp = {
  subject: Subject & { file: string };
  settings: readonly OauthSettings[];
  /** What else its files say, label → value, with the file. */
  says: ReadonlyArray<{ label: string; value: string; file: string; line?: number }>;
  /** The owning org showed what has the place of the app itself: its file contains no such setting. */
  isCompletedByOwner?: true;
};

/** The names of the packages that are submitted. */
export const packagesIn = ({ name, packages = [name] }: SubmissionFacts['project']): readonly string[] => packages;

/** Every app of the package, OAuth or not. */
export const appsOf = ({ project, connectedApps, externalClientApps }: AppFacts): PackageApp[] => [
  ...connectedApps.map(({ name, file, kind, oauth, refreshTokenPolicy }): PackageApp => ({
    subject: { type: 'ConnectedApp', name: localName(name, project.namespace), file },
    settings: oauth ? [oauth] : [],
    says: [
      { label: 'Kind', value: kinds[kind], file },
      ...(refreshTokenPolicy ? [refreshPolicy(refreshTokenPolicy)] : []),
    ],
  })),
  ...externalClientApps.map(
    ({
      name,
      file,
      line,
      hasHeader,
      distributionState,
      oauth,
      global,
      refreshTokenPolicy,
      tokenIpRanges,
      owner,
    }): PackageApp => ({
      ...(owner !== undefined && owner.problem === undefined ? { isCompletedByOwner: true as const } : {}),
      subject: { type: 'ExternalClientApp', name, file, line },
      settings: [oauth, global].filter((one) => one !== undefined),
      says: [
        ...(hasHeader ? [] : [{ label: 'Header', value: 'its .eca file is not in the package', file }]),
        ...(distributionState ? [{ label: 'Distribution state', ...distributionState }] : []),
        ...(refreshTokenPolicy ? [refreshPolicy(refreshTokenPolicy)] : []),
        ...(tokenIpRanges ?? []).map(({ value, ...place }) => ({
          label: 'Refresh tokens may be used from',
          value: `${value.start} to ${value.end}`,
          ...place,
        })),
      ],
    })
  ),
];

const refreshPolicy = ({ value, ...place }: Located<string>): PackageApp['says'][number] => ({
  label: 'Refresh token policy',
  value: refreshPolicyText(value),
  ...place,
});

const kinds = {
  oauth: 'OAuth',
  stub: 'a reference to an app of a released first-generation package',
  'no-oauth': 'without OAuth',
} as const;

/** The integrations that name an app. */
export const integrationsOf = (app: string, { integrations }: Declared): Integration[] =>
  integrations.filter((integration) => integration.app === app);

/** The subject of an endpoint: its host, else the component that does not say it. */
export const endpointSubject = ({ host, type, name, file, line }: SubmissionFacts['endpoints'][number]): Subject =>
  host === undefined ? { type, name, file, line } : { type: 'Endpoint', name: host, file, line };

/** The integration that declares an endpoint: its host, or the component that computes it. */
export const integrationAt = (
  { host, type, name }: SubmissionFacts['endpoints'][number],
  { integrations }: Pick<Declared, 'integrations'>
): Integration | undefined =>
  integrations.find(({ endpoints }) => endpoints?.some((endpoint) => declares(endpoint, host ?? `${type}:${name}`)));

type Connected = AppFacts & Pick<SubmissionFacts, 'endpoints'>;

/** Apps and endpoints that no integration names: what they ask for is not known. */
export const unclaimed = (facts: Connected, declared: Declared): Gap[] => [
  ...appsOf(facts)
    .filter(({ subject }) => integrationsOf(subject.name, declared).length === 0)
    .map(({ subject }) => notGiven(subject, `No integration in the policy names the app ${subject.name}.`)),
  ...facts.endpoints
    .filter((endpoint) => integrationAt(endpoint, declared) === undefined)
    .map((endpoint) => {
      const subject = endpointSubject(endpoint);
      return notGiven(subject, `No integration in the policy declares the endpoint ${subject.name}.`);
    }),
];

export const notGiven = (subject: Subject, detail: string): Gap => ({ kind: 'not-given', detail, subject });

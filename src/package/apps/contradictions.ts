import type { Contradiction, Declared, JudgeContext } from '../../engine/types.js';
import { classifyCallback, type CallbackKind } from '../../salesforce/callbacks.js';
import type { AuthorizationRequest, ExternalClientApp, PackageFacts } from '../facts.js';
import { localName } from '../parsing/localName.js';
import { oauthApps } from './oauthApps.js';

/** Facts that show what the code of an app does. What is missing of them contradicts nothing. */
const needs = ['project', 'connectedApps', 'externalClientApps', 'code', 'tokenRequests'] as const;
type Facts = Partial<Pick<PackageFacts, (typeof needs)[number]>>;

type Disproof = Omit<Contradiction, 'about'>;
type AppRequests = { app: ExternalClientApp; requests: readonly AuthorizationRequest[] };

/** What the code of an External Client App, or the org that owns it, shows against an attestation about the app. */
function contradictions(find: (seen: AppRequests) => Disproof | undefined): {
  needs: typeof needs;
  find(facts: Facts, context: JudgeContext<undefined>): Contradiction[];
} {
  return {
    needs,
    find: (facts, { declared }) =>
      (facts.externalClientApps ?? []).flatMap((app) => {
        const found = find({ app, requests: requestsOf(app, facts, declared) });
        return found === undefined ? [] : [{ about: { type: 'ExternalClientApp', name: app.name }, ...found }];
      }),
  };
}

/** PKCE cannot be required while a client logs in without it. */
export const againstPkce = contradictions(({ app, requests }) => {
  const request = requests.find(({ challenge }) => challenge === 'no');
  return (
    request && {
      subject: request.subject,
      message: `${requestPlace(request)} sends an authorization request without code_challenge, which Salesforce refuses where ${app.name} requires PKCE.`,
    }
  );
});

/** Only with another callback is localhost a violation; alone it needs a justification. */
export const againstLocalhostAlone = contradictions(({ app, requests }) => {
  const local = sentTo(requests, ['loopback'], (url) => `so ${app.name} has the localhost callback ${url}.`);
  const other = sentTo(requests, ['web', 'http', 'custom-scheme'], () => '');
  return local && { ...local, ...(other ? {} : { kind: 'justification' as const }) };
});

export const againstHttps = contradictions(({ app, requests }) =>
  sentTo(requests, ['http'], (url) => `so ${app.name} has the http callback ${url}.`)
);

export const againstOneKind = contradictions(({ app, requests }) => {
  const server = sentTo(requests, ['web', 'http'], () => '');
  const device = sentTo(
    requests,
    ['custom-scheme'],
    (url) => `and other code of ${app.name} to a web server (${url}).`
  );
  return server && device;
});

/** An empty list is an allowlist of nothing, unless no callback leads to a server. */
export const againstTokenIps = contradictions(({ app, requests }) => {
  const { tokenIpRanges: ranges, owner } = app;
  if (ranges === undefined || ranges.length > 0) return undefined;
  const source = owner === undefined ? 'the source' : `the owning org (${owner.source})`;
  return sentTo(
    requests,
    ['web', 'http'],
    () => `and ${source} lists no address for the refresh tokens of ${app.name}.`
  );
});

function sentTo(
  requests: readonly AuthorizationRequest[],
  kinds: readonly CallbackKind[],
  so: (url: string) => string
): Disproof | undefined {
  const request = requests.find(
    ({ redirect }) => redirect !== undefined && kinds.includes(classifyCallback(redirect).kind)
  );
  return (
    request && {
      subject: request.subject,
      message: `${requestPlace(request)} sends users back to ${request.redirect ?? ''}, ${so(request.redirect ?? '')}`,
    }
  );
}

function requestPlace({ subject: { file, name, line } }: AuthorizationRequest): string {
  return `${file ?? name}${line === undefined ? '' : `:${line}`}`;
}

/** The authorization requests whose client can only be this app. */
function requestsOf(
  app: ExternalClientApp,
  { project, connectedApps = [], externalClientApps = [], code, tokenRequests }: Facts,
  { integrations }: Declared
): AuthorizationRequest[] {
  if (project === undefined || code === undefined) return [];
  const local = (name: string): string => localName(name, project.namespace);
  const isOnlyApp = oauthApps({ connectedApps, externalClientApps }).length === 1;
  return (tokenRequests?.authorizations ?? []).filter((request) => {
    const name = integrationOf(request, code);
    const integration = integrations.find((one) => one.name === name);
    return integration?.app === undefined
      ? isOnlyApp && integrations.every(({ app: other }) => other !== undefined)
      : local(integration.app) === local(app.name);
  });
}

/** The integration of the policy whose folder it is. */
function integrationOf({ folder }: AuthorizationRequest, { places }: PackageFacts['code']): string | undefined {
  if (folder === undefined) return undefined;
  return places.find((place) => place.in === 'integration' && place.folder === folder)?.integration;
}

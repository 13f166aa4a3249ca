import { decide, notApplicable, type SubjectOutcome } from '../../engine/control.js';
import type { Declared } from '../../engine/types.js';
import { appsOf, endpointSubject, integrationAt, integrationsOf, notGiven, type PackageApp } from '../packageApps.js';
import { appTopics, sessionTopics, solutionTopic } from '../questions/topics.js';
import { answered, lookAt, settingAt, unreferencedEntries } from '../questions/answers.js';
import { submissionControl, type SubmissionFacts } from '../facts.js';

export const appsDisclosed = submissionControl({
  id: 'submission/apps-disclosed',
  title: 'Every app, and every endpoint of the package, is disclosed with its integration',
  severity: 'high',
  topic: 'disclosure',
  problem: { one: 'app or endpoint is not disclosed', many: 'apps or endpoints are not disclosed' },
  area: 'Submission',
  requirement:
    'The use of Connected Apps and External Client Apps is disclosed in detail, and every endpoint that the package talks to belongs to an integration that is declared',
  why: 'A reviewer can check only what is disclosed. An endpoint without an explanation stops the review.',
  checks: ['Every app and every endpoint of the package.', 'The integrations and the answers of the policy.'],
  fails: [
    'No integration names an app of the package.',
    'No integration declares a host that the package calls.',
    'An answer about an app or the solution is missing or a placeholder.',
    'A Full or Web scope, or a component that uses a session ID, has no justification.',
    'The facts changed since the previous draft, and the answers did not.',
  ],
  inconclusive: ['Code computes an address, and no integration declares its component.'],
  notes: ['A policy entry about an app that is not in the package is reported as information.'],
  fix: [
    'Name each app as `app` of an entry under `integrations` in security-review.yml.',
    'List each host under the `endpoints` of its integration. For a computed address list the component, such as `ApexClass:Gateway`.',
    'Answer `submission.apps` for each app, `scopes` included where it has Full or Web.',
    'Answer `submission.sessionIds` for each component that uses a session ID.',
  ],
  references: ['https://help.salesforce.com/s/articleView?id=005318040&type=1'],
  attestable: false,
  needs: ['project', 'connectedApps', 'externalClientApps', 'endpoints', 'sessionIds', 'previous'],
  compares: ['integrations', 'submission'],
  // A missing answer about something that was read is a finding, whatever else could not be read.
  provableFromPart: { connectedApps: 'fail', externalClientApps: 'fail', endpoints: 'fail', sessionIds: 'fail' },
  judge: (facts, { declared }) => {
    const apps = appsOf(facts);
    const names = new Set(apps.map(({ subject }) => subject.name));
    const { integrations, submission } = declared;
    if (apps.length + facts.endpoints.length + facts.sessionIds.length + integrations.length === 0) {
      return notApplicable('The package contains no app and calls no endpoint, and the policy names no integration.');
    }
    const topics = [solutionTopic(declared), ...appTopics(facts, declared), ...sessionTopics(facts, declared)];
    return decide(
      [
        ...topics.map((topic) => lookAt(answered(topic, facts.previous))),
        ...unnamedApps(apps, declared),
        ...undeclaredEndpoints(facts.endpoints, declared),
        ...absentApps(names, declared),
        unreferencedEntries(
          'apps',
          submission.apps,
          ({ app }) => app,
          (app) => names.has(app),
          'an app of the package'
        ),
      ],
      `Every app (${apps.length}) and endpoint (${facts.endpoints.length}) of the package belongs to a declared integration.`
    );
  },
});

function unnamedApps(apps: readonly PackageApp[], declared: Declared): SubjectOutcome[] {
  return apps
    .filter(({ subject }) => integrationsOf(subject.name, declared).length === 0)
    .map(({ subject }) => ({
      kind: 'violation',
      subject,
      message: `No integration in the policy names the app ${subject.name}.`,
    }));
}

/** One violation for each host, and a gap for each address that code computes. */
function undeclaredEndpoints(endpoints: SubmissionFacts['endpoints'], declared: Declared): SubjectOutcome[] {
  const hosts = new Set<string>();
  return endpoints
    .filter((endpoint) => integrationAt(endpoint, declared) === undefined)
    .map((endpoint) => {
      const subject = endpointSubject(endpoint);
      if (endpoint.host === undefined) {
        return notGiven(
          subject,
          `The source does not show the address of the ${endpoint.kind} in ${subject.name}. Declare ` +
            `${subject.type}:${subject.name} under the endpoints of its integration, with its address.`
        );
      }
      if (hosts.has(endpoint.host)) return undefined;
      hosts.add(endpoint.host);
      const message = `No integration in the policy declares the endpoint ${endpoint.host} (${endpoint.kind}).`;
      return { kind: 'violation', subject, message };
    });
}

function absentApps(names: ReadonlySet<string>, { integrations }: Declared): SubjectOutcome[] {
  return integrations.flatMap(({ name, app }): SubjectOutcome[] => {
    if (app === undefined || names.has(app)) return [];
    const message = `The integration ${name} names the app ${app}, which is not in the package.`;
    return [{ kind: 'latent', subject: settingAt(`integrations.${name}.app`), message }];
  });
}

import { decide, notApplicable, type SubjectOutcome } from '../../engine/control.js';
import { appsOf, endpointSubject, integrationAt, integrationsOf, notGiven } from '../packageApps.js';
import { appTopics, solutionTopic } from '../questions/topics.js';
import { answered, lookAt, settingAt, strangers } from '../questions/answers.js';
import { submissionControl } from '../facts.js';

export const appsDisclosed = submissionControl({
  id: 'submission/apps-disclosed',
  title: 'Every app, and every endpoint of the package, is disclosed with its integration',
  severity: 'high',
  topic: 'disclosure',
  problem: { one: 'app or endpoint is not disclosed', many: 'apps or endpoints are not disclosed' },
  area: 'Submission',
  requirement:
    'The use of Connected Apps and External Client Apps is disclosed in detail, and every endpoint that the package talks to belongs to an integration that is declared',
  why: 'A reviewer can only judge what is disclosed; an endpoint that nobody explains stops the review.',
  fix: [
    'Name every app as `app`, and every host as one of the `endpoints`, of an entry under `integrations` in security-review.yml, and answer `submission.apps` for each app.',
    'An address that is computed is declared by its component, such as `ApexClass:Gateway`.',
  ],
  checks: ['Apps and endpoints come from the package, answers and integrations from the policy.'],
  fails: [
    'It fails for an app or a host that no integration names, and for an answer that is missing, a placeholder, or older than its facts.',
  ],
  inconclusive: [
    'An address that the code computes leaves it undecided, unless an integration declares its component.',
  ],
  notes: ['A policy entry about something that is not there is latent.'],
  references: ['https://help.salesforce.com/s/articleView?id=005318040&type=1'],
  attestable: false,
  needs: ['project', 'connectedApps', 'externalClientApps', 'endpoints', 'previous'],
  compares: ['integrations', 'submission'],
  // What is missing for something that was seen is missing, whatever else could not be seen.
  provableFromPart: { connectedApps: 'fail', externalClientApps: 'fail', endpoints: 'fail' },
  judge: (facts, { declared }) => {
    const apps = appsOf(facts);
    const names = new Set(apps.map(({ subject }) => subject.name));
    const { integrations, submission } = declared;
    if (apps.length + facts.endpoints.length + integrations.length === 0) {
      return notApplicable('The package holds no app and talks to no endpoint, and the policy names no integration.');
    }
    const unnamed = apps
      .filter(({ subject }) => integrationsOf(subject.name, declared).length === 0)
      .map(({ subject }): SubjectOutcome => ({
        kind: 'violation',
        subject,
        message: `No integration in the policy names the app ${subject.name}.`,
      }));
    const hosts = new Set<string>();
    const undeclared = facts.endpoints
      .filter((endpoint) => integrationAt(endpoint, declared) === undefined)
      .map((endpoint): SubjectOutcome => {
        const subject = endpointSubject(endpoint);
        if (endpoint.host === undefined) {
          return notGiven(
            subject,
            `Where its ${endpoint.kind} leads is not in the source; declare ${subject.type}:${subject.name} among the ` +
              'endpoints of its integration, and say there where it leads.'
          );
        }
        if (hosts.has(endpoint.host)) return undefined;
        hosts.add(endpoint.host);
        return {
          kind: 'violation',
          subject,
          message: `No integration in the policy declares the endpoint ${endpoint.host} (${endpoint.kind}).`,
        };
      });
    const absent = integrations.flatMap(({ name, app }): SubjectOutcome[] =>
      app === undefined || names.has(app)
        ? []
        : [
            {
              kind: 'latent',
              subject: settingAt(`integrations.${name}.app`),
              message: `It names the app ${app}, which the package does not hold.`,
            },
          ]
    );
    const topics = [solutionTopic(declared), ...appTopics(facts, declared)];
    return decide(
      [
        ...topics.map((topic) => lookAt(answered(topic, facts.previous))),
        ...unnamed,
        ...undeclared,
        ...absent,
        strangers(
          'apps',
          submission.apps,
          ({ app }) => app,
          (app) => names.has(app),
          'app of the package'
        ),
      ],
      `Every app (${apps.length}) and endpoint (${facts.endpoints.length}) of the package belongs to a declared integration.`
    );
  },
});

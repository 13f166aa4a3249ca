import { appsDisclosed } from '../../../src/submission/controls/apps-disclosed.js';
import { appTopics } from '../../../src/submission/questions/topics.js';
import { testControl } from '../../support/controlTester.js';
import { externalClientApp, stub } from '../../support/packageFacts.js';
import { nothingAnswered } from '../../support/submission.js';
import { declaring, draftBefore, endpoint, gateway, submissionFacts } from '../../support/submissionFacts.js';

const solution = { version: '1.0', summary: 'It takes card payments.', contact: 'security@acme.example' };
const acme = { app: 'Acme', purpose: 'It books card payments.', users: 'sales', data: 'Reads accounts only.' };
const told = { ...solution, apps: [acme] };
const app = { externalClientApps: [externalClientApp()] };
const now = { orgs: [], trust: { packages: [], apps: [], tokens: [], ipRanges: [] }, audited: [] };
const topics = appTopics(submissionFacts(app), {
  ...now,
  integrations: [gateway],
  submission: { ...nothingAnswered, ...told },
});

testControl(appsDisclosed, {
  pass: [
    { name: 'an app with its integration and answers', facts: submissionFacts(app), ...declaring([gateway], told) },
    {
      name: 'an endpoint of an integration, as host, URL or subdomain',
      facts: submissionFacts({
        endpoints: [endpoint('api.acme.example'), endpoint('eu.pay.example', 'Eu'), endpoint('hooks.example', 'Hook')],
      }),
      ...declaring(
        [{ name: 'Gateway', endpoints: ['https://api.acme.example:443/v2', '*.pay.example', 'HOOKS.example'] }],
        solution
      ),
    },
    {
      trap: true,
      name: 'an address that is computed is declared by its component',
      facts: submissionFacts({ endpoints: [endpoint()] }),
      ...declaring([{ name: 'Gateway', endpoints: ['ApexClass:Gateway'] }], solution),
    },
    {
      name: 'answers about what is not there are latent',
      facts: submissionFacts(app),
      ...declaring([gateway, { name: 'Old', app: 'Gone' }], { ...told, apps: [acme, { app: 'Lost' }] }),
      latent: ['Setting:integrations.Old.app', 'Setting:submission.apps.Lost'],
    },
    {
      trap: true,
      name: 'what only the earlier draft answers is carried over while its facts are the same',
      facts: submissionFacts({ ...app, previous: draftBefore(topics) }),
      ...declaring([gateway], solution),
      latent: [
        'Setting:submission.apps.Acme.purpose',
        'Setting:submission.apps.Acme.users',
        'Setting:submission.apps.Acme.data',
      ],
    },
    {
      name: 'answers whose facts have changed are confirmed',
      facts: submissionFacts({ ...app, previous: draftBefore(topics, true) }),
      ...declaring([gateway], { ...told, apps: [{ ...acme, confirmed: '2026-11-20' }] }),
    },
  ],
  fail: [
    {
      name: 'a component that uses a session ID without a reason',
      facts: submissionFacts({
        sessionIds: [
          {
            component: { type: 'ApexClass', name: 'Deployer' },
            file: 'force-app/classes/Deployer.cls',
            source: 'UserInfo.getSessionId()',
            at: 'run',
            uses: [{ to: 'data', what: 'the REST API', file: 'force-app/classes/Deployer.cls' }],
          },
        ],
      }),
      ...declaring([], { version: '1.0', summary: 'It books payments.', contact: 'security@acme.example' }),
      names: ['Setting:submission.sessionIds.ApexClass:Deployer.use'],
    },
    {
      trap: true,
      name: 'an app that no integration names',
      facts: submissionFacts(app),
      ...declaring([], told),
      names: ['ExternalClientApp:Acme'],
    },
    {
      name: 'an endpoint that no integration declares, once for all its places',
      facts: submissionFacts({ endpoints: [endpoint('evil.example'), endpoint('evil.example', 'Other')] }),
      ...declaring([gateway], solution),
      names: ['Endpoint:evil.example'],
      says: [/evil\.example \(callout\)/],
    },
    {
      name: 'another host that only ends alike',
      facts: submissionFacts({ endpoints: [endpoint('evilpay.example')] }),
      ...declaring([{ name: 'Gateway', endpoints: ['*.pay.example', 'pay.example'] }], solution),
      names: ['Endpoint:evilpay.example'],
    },
    {
      name: 'no answer at all, also about a reference to an app',
      facts: submissionFacts({ connectedApps: [stub] }),
      ...declaring([{ name: 'Gateway', app: 'acme__Stub' }]),
      names: [
        'Setting:submission.version',
        'Setting:submission.summary',
        'Setting:submission.contact',
        'Setting:submission.apps.acme__Stub.purpose',
        'Setting:submission.apps.acme__Stub.users',
        'Setting:submission.apps.acme__Stub.data',
      ],
    },
    {
      trap: true,
      name: 'a placeholder is no answer',
      facts: submissionFacts(app),
      ...declaring([gateway], {
        version: 'TBD',
        summary: 'TODO write what it does',
        contact: '<contact>',
        apps: [{ app: 'Acme', purpose: 'Takes payments', users: '...', data: 'lorem ipsum dolor' }],
      }),
      names: [
        'Setting:submission.version',
        'Setting:submission.summary',
        'Setting:submission.contact',
        'Setting:submission.apps.Acme.purpose',
        'Setting:submission.apps.Acme.users',
        'Setting:submission.apps.Acme.data',
      ],
      says: [/placeholder/, /placeholder/, /placeholder/, /less than a sentence/],
    },
    {
      trap: true,
      name: 'an answer stays, and its facts have changed',
      facts: submissionFacts({ ...app, previous: draftBefore(topics, true) }),
      ...declaring([gateway], told),
      names: ['Setting:submission.apps.Acme'],
      says: [/have changed since the draft of 1 May 2026/],
    },
  ],
  inconclusive: [
    {
      trap: true,
      name: 'where a request goes is computed',
      facts: submissionFacts({ endpoints: [endpoint()] }),
      ...declaring([{ name: 'Gateway', endpoints: ['api.acme.example'] }], solution),
      reason: /source does not show the address/,
    },
  ],
  notApplicable: [{ name: 'no app, no endpoint, no integration', facts: submissionFacts() }],
});

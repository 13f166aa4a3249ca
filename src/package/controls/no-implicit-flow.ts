import { decide } from '../../engine/control.js';
import { packageControl } from '../facts.js';
import { codeRead, integrationCode, unreadNotes, unreadIntegrations, usesIn } from '../apps/integrationCoverage.js';

export const noImplicitFlow = packageControl({
  id: 'package/no-implicit-flow',
  title: 'No code of the package or its integrations starts the implicit (user-agent) flow',
  severity: 'high',
  topic: 'implicit flow',
  problem: { one: 'place starts the implicit flow', many: 'places start the implicit flow' },
  area: 'Code and secrets',
  requirement: 'Apps must not rely on the implicit flow, which Salesforce calls the user-agent flow',
  why: 'The implicit flow returns the access token to the browser in a URL, where history, logs and other scripts can read it. PKCE does not protect it.',
  checks: ['The code of the package and of its integrations.'],
  fails: ['Code starts the implicit flow at Salesforce.'],
  inconclusive: ['Code starts a flow, or calls an endpoint, that the tool does not understand.', ...unreadNotes],
  notes: ['App settings have no switch for this flow.'],
  fix: [
    'Replace response_type=token with response_type=code and PKCE in the code.',
    'In Mobile SDK keep the web server flow, which is the default.',
    'Pass the code outside the package with --integration-dir, or attest for code that is not available.',
  ],
  examples: {
    bad: 'const url = `${host}/services/oauth2/authorize?response_type=token&client_id=${key}`;',
    good: 'const url = `${host}/services/oauth2/authorize?response_type=code&client_id=${key}` +\n  `&code_challenge=${challenge}&code_challenge_method=S256`;',
  },
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_user_agent_flow.htm&type=5',
  ],
  ...integrationCode,
  judge: (facts, { declared }) =>
    decide(
      [
        ...usesIn(facts, ['implicit', 'unknown'], ({ form, subject }) => ({
          message: `${subject.name} starts the implicit flow: ${form}.`,
        })),
        unreadIntegrations(facts, declared),
      ],
      `No code starts the implicit flow (${codeRead(facts)}).`
    ),
});

import { decide } from '../../engine/control.js';
import { endText, startOf } from '../../salesforce/rules/index.js';
import { packageControl, type CodeUse } from '../facts.js';
import { codeRead, integrationCode, unreadNotes, unreadIntegrations, usesIn } from '../apps/integrationCoverage.js';

export const noUsernamePasswordFlow = packageControl({
  id: 'package/no-username-password-flow',
  title: 'No code of the package or its integrations logs in with a username and a password',
  severity: 'high',
  topic: 'password login',
  problem: { one: 'place logs in with a username and password', many: 'places log in with a username and password' },
  area: 'Code and secrets',
  requirement: 'Apps must not rely on the username-password flow',
  why: `Code with the stored password acts as that user, without multi-factor authentication. The flow ends on ${startOf('username-password/ends')}, login() of the SOAP API with ${startOf('soap-login/ends')}; API 65 and later have no login().`,
  checks: ['The code of the package and of its integrations.', 'The named credentials of the package.'],
  fails: [
    'Code or a named credential starts the username-password flow at Salesforce.',
    'Code calls login() of the SOAP API.',
  ],
  inconclusive: ['The tool does not understand a flow or its endpoint.', ...unreadNotes],
  fix: [
    'Use the JWT bearer or client credentials flow in the code of servers.',
    'Use the authorization code flow with PKCE for users.',
    'Pass the code outside the package with --integration-dir, or attest for code that is not available.',
  ],
  examples: {
    bad: "body = 'grant_type=password&username=' + user + '&password=' + password;",
    good: "body = 'grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion=' + jwt;",
  },
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_username_password_flow.htm&type=5',
    'https://help.salesforce.com/s/articleView?id=005132110&type=1',
  ],
  ...integrationCode,
  judge: (facts, { declared, asOf }) =>
    decide(
      [
        ...usesIn(facts, ['username-password', 'soap-login', 'unknown'], (use) => ({ message: messageOf(use, asOf) })),
        unreadIntegrations(facts, declared),
      ],
      `No code logs in with a username and a password (${codeRead(facts)}).`
    ),
});

const messageOf = ({ what, form, subject }: CodeUse, asOf: Date): string => {
  const isSoap = what === 'soap-login';
  const login = isSoap ? 'logs in to the SOAP API with a username and a password' : 'starts the username-password flow';
  const does = subject.type === 'NamedCredential' ? 'sends a username and a password to a Salesforce login' : login;
  return `${subject.name} ${does}: ${form}. ${endText(isSoap ? 'soap-login/ends' : 'username-password/ends', asOf)}`;
};

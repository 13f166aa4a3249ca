import { userAgentFlowBlocked } from '../../../src/org/controls/user-agent-flow-blocked.js';
import type { OauthLogin, OrgFacts } from '../../../src/org/facts.js';
import { testControl } from '../../support/controlTester.js';

const login = (rest: Partial<OauthLogin> = {}): OauthLogin => ({
  flow: 'OauthUserAgent',
  app: 'Loader',
  succeeded: true,
  logins: 4,
  last: '2026-11-20T00:00:00.000Z',
  ...rest,
});
const facts = (
  userAgentBlocked: boolean | undefined,
  ...oauthLogins: readonly OauthLogin[]
): Pick<OrgFacts, 'oauthFlowSettings' | 'oauthLogins'> => ({
  oauthFlowSettings: userAgentBlocked === undefined ? {} : { userAgentBlocked },
  oauthLogins,
});
const setting = 'Setting:OauthOidc.blockOAuthUsrAgtFlow';

testControl(userAgentFlowBlocked, {
  pass: [
    { name: 'blocked and not used', facts: facts(true), latent: [] },
    {
      name: 'other flows are for other controls',
      facts: facts(true, login({ flow: 'OauthUsernamePassword' }), login({ flow: 'OauthWebServer' })),
    },
    {
      name: 'an attempt that was refused is latent',
      facts: facts(true, login({ succeeded: false })),
      latent: ['ConnectedApp:Loader'],
    },
  ],
  fail: [
    { name: 'not blocked', facts: facts(false), names: [setting], says: [/allows the user-agent flow/] },
    {
      name: 'blocked, but used within 90 days',
      facts: facts(true, login(), login({ succeeded: false })),
      names: ['ConnectedApp:Loader'],
      says: [/4 logins in 90 days, last on 2026-11-20/],
      latent: ['ConnectedApp:Loader'],
    },
    { name: 'used, and the switch was not sent', facts: facts(undefined, login()), names: ['ConnectedApp:Loader'] },
    {
      name: 'trap: every subtype of the flow counts',
      facts: facts(false, login(), login({ flow: 'OauthUserAgentIdToken' }), login({ flow: 'OauthHybridUserAgent' })),
      names: [setting, 'ConnectedApp:Loader', 'ConnectedApp:Loader', 'ConnectedApp:Loader'],
    },
  ],
  inconclusive: [
    { name: 'trap: a key that was not sent is not true', facts: facts(undefined) },
    {
      name: 'trap: logins after the evidence was collected were not seen',
      facts: facts(true),
      collected: new Date('2026-11-22T10:00:00.000Z'),
      reason: /^Logins after 2026-11-22T10:00:00\.000Z, .* are not seen as of 2026-11-23T10:00:00\.000Z\.$/,
    },
  ],
});

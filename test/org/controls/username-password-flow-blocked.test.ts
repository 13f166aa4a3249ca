import { usernamePasswordFlowBlocked } from '../../../src/org/controls/username-password-flow-blocked.js';
import type { OauthLogin, OrgFacts } from '../../../src/org/facts.js';
import { testControl } from '../../support/controlTester.js';

const login = (rest: Partial<OauthLogin> = {}): OauthLogin => ({
  flow: 'OauthUsernamePassword',
  app: 'Loader',
  succeeded: true,
  logins: 4,
  last: '2026-11-20T00:00:00.000Z',
  ...rest,
});
const facts = (
  usernamePasswordBlocked: boolean | undefined,
  ...oauthLogins: readonly OauthLogin[]
): Pick<OrgFacts, 'oauthFlowSettings' | 'oauthLogins'> => ({
  oauthFlowSettings: usernamePasswordBlocked === undefined ? {} : { usernamePasswordBlocked },
  oauthLogins,
});
const setting = 'Setting:OauthOidc.blockOAuthUnPwFlow';

testControl(usernamePasswordFlowBlocked, {
  pass: [
    { name: 'blocked and not used', facts: facts(true), latent: [] },
    {
      name: 'other flows are for other controls',
      facts: facts(true, login({ flow: 'OauthUserAgent' }), login({ flow: 'OauthWebServer' })),
    },
    {
      name: 'an attempt that was refused is latent',
      facts: facts(true, login({ succeeded: false })),
      latent: ['ConnectedApp:Loader'],
    },
  ],
  fail: [
    { name: 'not blocked', facts: facts(false), names: [setting], says: [/allows the username-password flow/] },
    {
      name: 'blocked, but used within 90 days',
      facts: facts(true, login(), login({ succeeded: false })),
      names: ['ConnectedApp:Loader'],
      says: [/4 logins in 90 days, last on 2026-11-20/],
      latent: ['ConnectedApp:Loader'],
    },
    { name: 'used, and the switch was not sent', facts: facts(undefined, login()), names: ['ConnectedApp:Loader'] },
    {
      name: 'trap: the list of tokens does not show the flow, the login history does',
      facts: facts(false, login({ app: 'ERP' })),
      names: [setting, 'ConnectedApp:ERP'],
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

import type { Control } from '../../../src/engine/types.js';
import type { OauthFlowSettings, OauthLogin, OrgFacts } from '../../../src/org/facts.js';
import { testControl } from '../../support/controlTester.js';

type Facts = Pick<OrgFacts, 'oauthFlowSettings' | 'oauthLogins'>;
type Flow = {
  label: string;
  /** Which switch blocks it, here and in the org. */
  blocks: keyof OauthFlowSettings;
  setting: string;
  subtypes: readonly [string, ...string[]];
  /** A flow that is for another control. */
  other: string;
};

/** The table of a control over an OAuth flow that apps must not rely on. */
export const testFlowControl = (
  control: Control<OrgFacts, keyof Facts, undefined>,
  { label, blocks, setting, subtypes, other }: Flow
): void => {
  const login = (rest: Partial<OauthLogin> = {}): OauthLogin => ({
    flow: subtypes[0],
    app: 'Loader',
    succeeded: true,
    logins: 4,
    last: '2026-11-20T00:00:00.000Z',
    ...rest,
  });
  const facts = (blocked: boolean | undefined, ...oauthLogins: readonly OauthLogin[]): Facts => ({
    oauthFlowSettings: blocked === undefined ? {} : { [blocks]: blocked },
    oauthLogins,
  });
  const names = ['ConnectedApp:Loader'];

  testControl(control, {
    pass: [
      { name: 'blocked and not used', facts: facts(true), latent: [] },
      {
        name: 'other flows are for other controls',
        facts: facts(true, login({ flow: other }), login({ flow: 'OauthWebServer' })),
      },
      {
        name: 'an attempt that was refused is latent',
        facts: facts(true, login({ succeeded: false })),
        latent: names,
      },
    ],
    fail: [
      { name: 'not blocked', facts: facts(false), names: [setting], says: [new RegExp(`allows the ${label}`)] },
      {
        name: 'blocked, but used within 90 days',
        facts: facts(true, login(), login({ succeeded: false })),
        names,
        says: [/4 logins in 90 days, last on 20 Nov 2026/],
        latent: names,
      },
      {
        trap: true,
        name: 'the users of the flow are named',
        facts: facts(true, login({ users: ['ada@acme.example', 'bob@acme.example'], userCount: 202 })),
        names,
        says: [/, by ada@acme\.example, bob@acme\.example and 200 more\./],
      },
      { name: 'used, and the switch was not sent', facts: facts(undefined, login()), names },
      {
        trap: true,
        name: 'every subtype of the flow counts, whatever the list of tokens shows',
        facts: facts(false, ...subtypes.map((flow) => login({ flow }))),
        names: [setting, ...subtypes.flatMap(() => names)],
      },
    ],
    inconclusive: [
      {
        trap: true,
        name: 'a word for the result that is not known may mean a success',
        facts: facts(true, login({ succeeded: undefined, unknownStatus: 'Erfolg' })),
        reason: /may have logged in .* "Erfolg" is not a known value/,
      },
      { trap: true, name: 'a key that was not sent is not true', facts: facts(undefined) },
      {
        trap: true,
        name: 'logins after the evidence was collected were not seen',
        facts: facts(true),
        collected: new Date('2026-11-22T10:00:00.000Z'),
        reason: /^Logins after 22 Nov 2026, 10:00 UTC, .* could not be checked as of 23 Nov 2026, 10:00 UTC\.$/,
      },
    ],
  });
};

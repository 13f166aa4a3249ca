import { decide } from '../../engine/control.js';
import { packageControl, type FrontdoorUse } from '../facts.js';
import { codeRead, integrationCode, unreadNotes, unreadIntegrations } from '../apps/integrationCoverage.js';

export const noSessionIdFromFrontdoor = packageControl({
  id: 'package/no-session-id-from-frontdoor',
  title: 'No code takes a session ID out of a frontdoor URL',
  severity: 'critical',
  topic: 'frontdoor',
  problem: {
    one: 'place takes a session ID from a frontdoor URL',
    many: 'places take a session ID from a frontdoor URL',
  },
  area: 'Code and secrets',
  requirement: 'Session IDs are not extracted from frontdoor URLs',
  why: 'The session ID in a frontdoor URL works for every API. Taking it out turns a narrow OAuth scope into everything that the user can do.',
  checks: ['The code of the package and of its integrations that contains a frontdoor URL.'],
  fails: [
    'Code takes the session ID out of a frontdoor URL.',
    'Code takes a session ID out of something else in the same file: this needs a justification.',
  ],
  inconclusive: ['An archive could not be opened.', ...unreadNotes],
  notes: ['Building a frontdoor URL is reported as information.'],
  fix: [
    'Call APIs with the access token of the OAuth flow, with the scopes that they need.',
    'Pass the frontdoor URL to the browser unchanged.',
  ],
  examples: {
    bad: "const sid = new URL(frontdoorUri).searchParams.get('sid');",
    good: 'window.location.assign(frontdoorUri);',
  },
  references: ['https://help.salesforce.com/s/articleView?id=005318040&type=1'],
  ...integrationCode,
  needs: [...integrationCode.needs, 'frontdoorUses'],
  provableFromPart: { ...integrationCode.provableFromPart, frontdoorUses: 'fail' },
  judge: (facts, { declared }) =>
    decide(
      [
        ...facts.frontdoorUses.map(({ component, file, line, at, kind }) => ({
          kind: outcomes[kind].kind,
          message: `${component.name} ${outcomes[kind].does}.`,
          subject: { ...component, file, line },
          at,
        })),
        ...unreadIntegrations(facts, declared),
      ],
      `No code takes a session ID out of a frontdoor URL (${codeRead(facts)}).`
    ),
});

const outcomes: Record<FrontdoorUse['kind'], { kind: 'violation' | 'justification' | 'latent'; does: string }> = {
  taken: { kind: 'violation', does: 'takes the session ID out of a frontdoor URL' },
  near: { kind: 'justification', does: 'takes out a session ID in a file that also contains a frontdoor URL' },
  built: { kind: 'latent', does: 'builds a frontdoor URL with a session ID' },
};

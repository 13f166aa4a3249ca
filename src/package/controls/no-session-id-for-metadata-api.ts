import { decide, notApplicable } from '../../engine/control.js';
import type { SubjectOutcome } from '../../engine/control.js';
import { packageControl, type SessionId, type SessionUse } from '../facts.js';

export const noSessionIdForMetadataApi = packageControl({
  id: 'package/no-session-id-for-metadata-api',
  title: 'No session ID is used for the Metadata or Tooling API, or leaves the org',
  severity: 'critical',
  topic: 'session IDs',
  problem: {
    one: 'use of a session ID is not allowed or not justified',
    many: 'uses of a session ID are not allowed or not justified',
  },
  area: 'Code and secrets',
  requirement: 'An OAuth token, not the session ID, is used to call the Metadata API from Apex',
  checks: [
    'Looks at every place in Apex, markup, scripts, formulas and outbound messages of the package that gets hold of a session ID, and follows the ID; the worst use decides, and tests and libraries are left out.',
    'A script gets hold of one through sforce.connection.sessionId, __sfdcSessionId, the cookie sid, or a method of Apex that gives one.',
  ],
  fails: [
    'Sending it to a third party, and a change of metadata that Salesforce forbids with a session ID, is a violation.',
  ],
  inconclusive: [],
  notes: [
    'Any other use of the Metadata or Tooling API, and a use that could not be followed, needs a justification; a data API of the org is latent.',
  ],
  why:
    'A session ID is the user: whoever holds it can do all that the user can, in every API, past scopes and policies ' +
    'that an OAuth token would be bound to. Salesforce forbids to hand it to others, and to change credentials, apps, ' +
    'remote sites or settings of the org with it.',
  fix: [
    'Call the Metadata and Tooling API through a named credential whose token comes from an External Client App with JWT bearer.',
    'Remove what hands the session ID to a page, a link, an outbound message or another host.',
    'Where it stays for metadata that the package owns, say so under `justifications` in security-review.yml, with where that is documented and how the administrator is told.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://developer.salesforce.com/docs/atlas.en-us.secure_coding_guide.meta/secure_coding_guide/secure_coding_considerations_sessionid.htm',
  ],
  attestable: false,
  needs: ['project', 'sessionIds'],
  // What was seen to use a session ID uses it, whatever else could not be read.
  provableFromPart: { sessionIds: 'fail' },
  judge: ({ project, sessionIds }) =>
    project.isPackage
      ? decide(sessionIds.map(look), 'No session ID is used for the Metadata or Tooling API, or leaves the org.')
      : notApplicable('The project is not a package.'),
});

/** From the worst use to the most harmless. */
const kinds: ReadonlyArray<{ to: SessionUse['to']; kind: 'violation' | 'justification' | 'latent' }> = [
  { to: 'third-party', kind: 'violation' },
  { to: 'prohibited', kind: 'violation' },
  { to: 'metadata-write', kind: 'justification' },
  { to: 'tooling-write', kind: 'justification' },
  { to: 'metadata-read', kind: 'justification' },
  { to: 'tooling-query', kind: 'justification' },
  { to: 'unknown', kind: 'justification' },
  { to: 'data', kind: 'latent' },
];

/** One finding for each place that gets hold of a session ID: its worst use decides, the others are counted. */
const look = ({ component, file, line, source, at, uses }: SessionId): SubjectOutcome => {
  const rank = ({ to }: SessionUse): number => kinds.findIndex((one) => one.to === to);
  const [worst = uses[0], ...others] = uses.toSorted((one, other) => rank(one) - rank(other));
  const place =
    worst.file === file && worst.line === line ? '' : ` (${worst.file}${worst.line ? `:${worst.line}` : ''})`;
  const more = others.length > 0 ? `, and to ${others.length} more ${others.length === 1 ? 'place' : 'places'}` : '';
  return {
    kind: kinds[rank(worst)]?.kind ?? 'justification',
    subject: { ...component, file, line },
    message: `The session ID from ${source} goes to ${worst.what}${place}${more}.`,
    at,
  };
};

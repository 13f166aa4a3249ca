import { decide } from '../../engine/control.js';
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
  why: 'A session ID can do all that the user can do, in every API, without the limits of OAuth scopes and policies. Salesforce forbids sending it to third parties, and changing credentials, apps, remote sites or org settings with it.',
  checks: [
    'Every place in Apex, markup, scripts, formulas and outbound messages of the package that reads a session ID.',
    'Every use of that session ID; the worst use counts.',
    'What a page gives to a component of the package, and a flow to a method of Apex, is judged by what happens there.',
    'In scripts: sforce.connection.sessionId, __sfdcSessionId, the cookie sid, and Apex methods that return a session ID.',
  ],
  fails: [
    'The package sends a session ID to a third party.',
    'The package changes metadata with a session ID in a way that Salesforce forbids.',
    'The package uses a session ID for the Metadata or Tooling API in another way: this needs a justification.',
    'A use of a session ID could not be followed: this needs a justification.',
  ],
  inconclusive: ['A file could not be read, parsed or understood.'],
  notes: [
    'Calling a data API of the org with a session ID is reported as information.',
    'A digest of a session ID, the ID of the org in front of it, its last characters, and whether there is one are no use of it.',
    'Tests and libraries are not checked.',
  ],
  fix: [
    'Call the Metadata and Tooling API through a named credential whose token comes from an External Client App with JWT bearer.',
    'Remove the code that passes the session ID to a page, a link, an outbound message or another host.',
    'If the session ID stays for metadata that the package owns, justify it under `justifications` in security-review.yml, with the documentation and how the administrator is informed.',
  ],
  examples: {
    bad: "req.setEndpoint(domain + '/services/Soap/m/62.0');\nreq.setBody(envelope(UserInfo.getSessionId()));",
    good: "req.setEndpoint('callout:OrgMetadata/services/Soap/m/62.0');",
  },
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://developer.salesforce.com/docs/atlas.en-us.secure_coding_guide.meta/secure_coding_guide/secure_coding_considerations_sessionid.htm',
  ],
  attestable: false,
  needs: ['project', 'sessionIds'],
  // A use that was read is a finding, whatever else could not be read.
  provableFromPart: { sessionIds: 'fail' },
  judge: ({ sessionIds }) =>
    decide(
      sessionIds.map(evaluateSessionId),
      'The package does not use a session ID for the Metadata or Tooling API, and does not send one to a third party.'
    ),
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

/** One finding for each place that reads a session ID: its worst use, and the number of the others. */
const evaluateSessionId = ({ component, file, line, source, at, uses }: SessionId): SubjectOutcome => {
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
    count: uses.length,
  };
};

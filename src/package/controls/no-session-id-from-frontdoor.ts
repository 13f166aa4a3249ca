import { decide, notApplicable } from '../../engine/control.js';
import { packageControl, type FrontdoorUse } from '../facts.js';

export const noSessionIdFromFrontdoor = packageControl({
  id: 'package/no-session-id-from-frontdoor',
  title: 'No code takes a session ID out of a frontdoor URL',
  severity: 'critical',
  requirement: 'Session IDs are not extracted from frontdoor URLs',
  rationale:
    'A frontdoor URL opens a browser session; the session ID in it is good for every API, so taking it out turns a ' +
    'narrow OAuth scope into everything that the user can do.',
  remediation:
    'Use the access token of the OAuth flow for APIs, with the scopes that they need, and hand a frontdoor URL to the ' +
    'browser untouched.',
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://help.salesforce.com/s/articleView?id=xcloud.frontdoor_singleaccess.htm&type=5',
  ],
  // The code of an integration may lie where nobody can read it.
  attestable: true,
  needs: ['project', 'frontdoorUses'],
  provableFromPart: { frontdoorUses: 'fail' },
  judge: ({ project, frontdoorUses }) =>
    project.isPackage
      ? decide(
          frontdoorUses.map(({ component, file, line, at, kind }) => ({
            ...said[kind],
            subject: { ...component, file, line },
            at,
          })),
          'No code of the package takes a session ID out of a frontdoor URL.'
        )
      : notApplicable('The project is not a package.'),
});

const said: Record<FrontdoorUse['kind'], { kind: 'violation' | 'justification' | 'latent'; message: string }> = {
  taken: { kind: 'violation', message: 'The session ID is taken out of a frontdoor URL.' },
  near: {
    kind: 'justification',
    message: 'A session ID is taken out of something, in a file that also names a frontdoor URL.',
  },
  built: { kind: 'latent', message: 'A frontdoor URL is put together around a session ID.' },
};

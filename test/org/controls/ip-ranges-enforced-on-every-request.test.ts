import { ipRangesEnforcedOnEveryRequest } from '../../../src/org/controls/ip-ranges-enforced-on-every-request.js';
import { testControl } from '../../support/controlTester.js';

testControl(ipRangesEnforcedOnEveryRequest, {
  pass: [
    { name: 'enforced', facts: { securitySettings: { ipRangesOnEveryRequest: true, trustedRanges: [] } }, latent: [] },
    {
      trap: true,
      name: 'trusted ranges of the org are reported, and restrict nothing',
      facts: {
        securitySettings: {
          ipRangesOnEveryRequest: true,
          trustedRanges: [
            { start: '0.0.0.0', end: '127.255.255.255' },
            { start: '198.51.100.0', end: '198.51.100.255' },
          ],
        },
      },
      latent: ['Setting:Security.networkAccess.ipRanges', 'Setting:Security.networkAccess.ipRanges'],
    },
  ],
  fail: [
    {
      name: 'checked at login only',
      facts: { securitySettings: { ipRangesOnEveryRequest: false, trustedRanges: [] } },
      names: ['Setting:Security.sessionSettings.enforceIpRangesEveryRequest'],
    },
  ],
  inconclusive: [
    { trap: true, name: 'a key that was not sent is not false', facts: { securitySettings: { trustedRanges: [] } } },
  ],
});

import { decide, note, type SubjectOutcome } from '../../engine/control.js';
import type { Subject } from '../../engine/types.js';
import { orgControl } from '../facts.js';

const setting: Subject = { type: 'Setting', name: 'Security.sessionSettings.enforceIpRangesEveryRequest' };

const enforced = (value: boolean | undefined): SubjectOutcome => {
  if (value === true) return undefined;
  if (value === false) {
    return { kind: 'violation', subject: setting, message: 'The org checks login IP ranges only at login.' };
  }
  return {
    kind: 'not-supported',
    detail: 'The org did not send the setting Enforce login IP ranges on every request.',
    subject: setting,
  };
};

export const ipRangesEnforcedOnEveryRequest = orgControl({
  id: 'org/ip-ranges-enforced-on-every-request',
  title: 'Login IP ranges are enforced on every request',
  severity: 'medium',
  topic: 'IP on every request',
  problem: {
    one: 'setting lets sessions leave the login IP ranges',
    many: 'settings let sessions leave the login IP ranges',
  },
  area: 'Users and login',
  setup: '/lightning/setup/SecuritySession/home',
  requirement: 'IP allowlisting should be implemented to restrict access to these orgs.',
  why: 'Without it, ranges are checked only at login, and a stolen session or token works from anywhere.',
  checks: ['The session setting Enforce login IP ranges on every request is on.'],
  fails: ['The setting is off.'],
  inconclusive: ['The org did not send the setting.'],
  notes: ['Trusted ranges of the whole org are informational: they do not restrict logins.'],
  fix: ['Setup > Session Settings: select Enforce login IP ranges on every request.'],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://help.salesforce.com/s/articleView?id=platform.login_ip_ranges.htm&type=5',
  ],
  attestable: false,
  needs: ['securitySettings'],
  // A value that was sent is the value; one that was not sent is undefined.
  provableFromPart: { securitySettings: 'fail' },
  judge: ({ securitySettings: { ipRangesOnEveryRequest, trustedRanges } }) => {
    const trusted: SubjectOutcome[] = trustedRanges.map(({ start, end }) =>
      note(
        { type: 'Setting', name: 'Security.networkAccess.ipRanges' },
        `The org trusts ${start}-${end}, which skips device activation and does not restrict logins.`,
        `${start}-${end}`
      )
    );
    return decide([enforced(ipRangesOnEveryRequest), ...trusted], 'Login IP ranges are enforced on every request.');
  },
});

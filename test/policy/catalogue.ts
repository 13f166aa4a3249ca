import type { Catalogue } from '../../src/policy/index.js';

/** Controls as the tool could have them: with and without parameters, attestable or not. */
export const catalogue: Catalogue = [
  { id: 'org/contact-current', attestable: true, severity: 'high' },
  { id: 'org/mfa-enforced', attestable: false, severity: 'critical' },
  { id: 'org/no-guest-sites', attestable: false, severity: 'critical' },
  { id: 'org/packages-trusted', attestable: false, severity: 'high', compares: ['trust.packages'] },
  { id: 'org/passwords-rotated', attestable: false, severity: 'high', params: { days: 365 } },
  {
    id: 'org/own-apps-are-external-client-apps',
    attestable: false,
    severity: 'medium',
    params: { since: '2026-04-08', strict: false, ratio: 0.5, names: [], mode: 'all' },
  },
  { id: 'package/broad-scopes-justified', attestable: false, severity: 'high', compares: ['integrations'] },
];

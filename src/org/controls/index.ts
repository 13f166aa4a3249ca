import type { Control } from '../../engine/types.js';
import type { OrgFacts } from '../facts.js';
import { auditorCanSee } from './auditor-can-see.js';
import { ipRangesEnforcedOnEveryRequest } from './ip-ranges-enforced-on-every-request.js';
import { loginIpRangesSet } from './login-ip-ranges-set.js';
import { mfaEnforced } from './mfa-enforced.js';
import { noGuestSites } from './no-guest-sites.js';
import { noUseAnyApiClient } from './no-use-any-api-client.js';
import { packagesTrusted } from './packages-trusted.js';
import { passwordsRotated } from './passwords-rotated.js';

export const orgControls: ReadonlyArray<Control<OrgFacts>> = [
  auditorCanSee,
  ipRangesEnforcedOnEveryRequest,
  loginIpRangesSet,
  mfaEnforced,
  noGuestSites,
  noUseAnyApiClient,
  packagesTrusted,
  passwordsRotated,
];

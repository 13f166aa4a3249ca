import { mapEvidence } from '../../engine/evidence.js';
import type { IpRange, SecuritySettings } from '../facts.js';
import { isObject } from '../soap.js';
import { orgCollector } from './orgCollector.js';
import { defined, settingsOf, toBoolean } from './soql.js';

/** The permission behind these settings is not documented, so none is required; a refusal is a gap all the same. */
export const securitySettings = orgCollector<SecuritySettings>({
  reads: ['SecuritySettings (Tooling)'],
  requires: [],
  collect: async (org) =>
    mapEvidence(await settingsOf(org, 'SecuritySettings'), (metadata) => {
      const session = part(metadata, 'sessionSettings');
      const password = part(metadata, 'passwordPolicies');
      const expiration = password['expiration'];
      return defined({
        mfaForDirectUiLogins: toBoolean(session['enableMFADirectUILoginOptIn']),
        ipRangesOnEveryRequest: toBoolean(session['enforceIpRangesEveryRequest']),
        trustedRanges: rangesOf(part(metadata, 'networkAccess')['ipRanges']),
        passwordExpiration: typeof expiration === 'string' ? expiration : undefined,
        passwordLoginDisabled: toBoolean(
          part(metadata, 'singleSignOnSettings')['isLoginWithSalesforceCredentialsDisabled']
        ),
      });
    }),
});

const part = (metadata: Record<string, unknown>, name: string): Record<string, unknown> => {
  const value = metadata[name];
  return isObject(value) ? value : {};
};

/** The element is absent when there is no range (Metadata API, SecuritySettings). */
const rangesOf = (value: unknown): IpRange[] =>
  (Array.isArray(value) ? value : isObject(value) ? [value] : []).filter(isObject).map((range) => ({
    start: String(range['start']),
    end: String(range['end']),
    ...(typeof range['description'] === 'string' ? { description: range['description'] } : {}),
  }));

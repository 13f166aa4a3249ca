import { defined } from '../../common/defined.js';
import { mapEvidence } from '../../engine/evidence.js';
import type { IpRange, SecuritySettings } from '../facts.js';
import { elementsOf, isObject, elementList } from '../client/soap.js';
import { orgCollector } from './shared/orgCollector.js';
import { settingsOf, toBoolean } from './shared/soql.js';

/** The permission for these settings is not documented, so none is required; a refusal is a gap all the same. */
export const securitySettings = orgCollector<SecuritySettings>({
  reads: ['SecuritySettings (Tooling)'],
  requires: [],
  collect: async (org) =>
    mapEvidence(await settingsOf(org, 'SecuritySettings'), (metadata) => {
      const session = elementsOf(metadata['sessionSettings']);
      const { expiration } = elementsOf(metadata['passwordPolicies']);
      const signOn = elementsOf(metadata['singleSignOnSettings']);
      return defined<SecuritySettings>({
        mfaForDirectUiLogins: toBoolean(session['enableMFADirectUILoginOptIn']),
        securityKeys: toBoolean(session['enableU2F']),
        builtInAuthenticators: toBoolean(session['enableBuiltInAuthenticator']),
        ipRangesOnEveryRequest: toBoolean(session['enforceIpRangesEveryRequest']),
        trustedRanges: rangesOf(elementsOf(metadata['networkAccess'])['ipRanges']),
        passwordExpiration: typeof expiration === 'string' ? expiration : undefined,
        passwordLoginDisabled: toBoolean(signOn['isLoginWithSalesforceCredentialsDisabled']),
      });
    }),
});

/** The element is absent when there is no range (Metadata API, SecuritySettings). */
const rangesOf = (value: unknown): IpRange[] =>
  elementList(value)
    .filter(isObject)
    .map(({ start, end, description }) => ({
      start: String(start),
      end: String(end),
      ...(typeof description === 'string' ? { description } : {}),
    }));

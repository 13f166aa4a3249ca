const days = new Map([
  ['ThirtyDays', 30],
  ['SixtyDays', 60],
  ['NinetyDays', 90],
  ['SixMonths', 180],
  ['OneYear', 365],
  ['Never', 0],
]);

/**
 * `SecuritySettings.passwordPolicies.expiration` in days, 0 for never, as ProfilePasswordPolicy counts; `undefined` for
 * a value that the Metadata API does not document.
 * https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_securitysettings.htm
 */
export const expirationDays = (expiration: string): number | undefined => days.get(expiration);

/** The longest expiration within a limit of days; `undefined`: none is as short. */
export function longestExpiration(limit: number): string | undefined {
  const [longest] = [...days]
    .filter(([, one]) => one > 0 && one <= limit)
    .toSorted(([, one], [, other]) => other - one);
  return longest?.[0];
}

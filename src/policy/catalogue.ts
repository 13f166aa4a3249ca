import type { PolicySection, Severity } from '../engine/types.js';

/** What the policy must know of the controls of this version, over all domains. A `Control` is one. */
export type Catalogue = ReadonlyArray<{
  id: string;
  attestable: boolean;
  severity?: Severity;
  /** Default parameters: their names are the known ones, their types the wanted ones. */
  params?: Readonly<Record<string, unknown>>;
  compares?: readonly PolicySection[];
}>;

const fixed = {
  org: `contact-current no-use-any-api-client mfa-enforced login-ip-ranges-set ip-ranges-enforced-on-every-request
    logins-within-ranges connected-apps-trusted external-client-apps-trusted oauth-tokens-trusted no-guest-sites
    packages-trusted passwords-rotated app-secrets-rotated certificates-rotated own-apps-require-pkce
    own-apps-rotate-refresh-tokens own-apps-limit-idle-tokens own-apps-allowlist-token-ips own-apps-controls-reviewed
    own-apps-without-device-flow user-agent-flow-blocked username-password-flow-blocked
    own-apps-broad-scopes-justified own-apps-callbacks-separate own-apps-packaged app-removals-reviewed
    own-apps-are-external-client-apps incident-plan-attested linked-orgs-audited auditor-can-see
    apps-enforce-ip-ranges app-secrets-hidden-from-apis uninstalled-apps-not-approved soap-login-unused`,
  package: `new-apps-are-external-client-apps apps-packaged external-client-apps-packageable no-app-removed pkce-required
    refresh-tokens-rotated idle-tokens-limited token-ips-allowlisted no-device-flow no-implicit-flow
    no-username-password-flow broad-scopes-justified no-session-id-from-frontdoor callbacks-not-mixed
    localhost-callback-alone callbacks-https no-session-id-for-metadata-api subscriber-secrets-protected
    packaged-secrets-protected no-secrets-in-source tokens-stored-securely no-global-oauth-settings
    public-clients-without-secret`,
  submission: `apps-disclosed secrets-explained client-key-only credentials-ready base-package-described
    backend-secrets-explained rotation-documented subscriber-apps-documented incident-plan`,
};

/**
 * Ids that are fixed for every version of the tool. A policy may name one that this version has not built yet, so that
 * one policy serves several versions; any other id is a typo.
 */
export const fixedIds: readonly string[] = Object.entries(fixed).flatMap(([domain, names]) =>
  names.split(/\s+/).map((name) => `${domain}/${name}`)
);

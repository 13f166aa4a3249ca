/** Salesforce Help 005318040, "Reporting". */
export const incidentAddress = 'security@salesforce.com';

const help = (id: string): string => `https://help.salesforce.com/s/articleView?id=${id}`;

/** What the steps rest on. */
export const sources = {
  guidance: {
    title: 'AppExchange guidance for Connected Apps and External Client Apps',
    link: help('005318040&type=1'),
  },
  compromise: {
    title: 'Recommended actions when a third-party application is compromised',
    link: help('005226734&type=1'),
  },
  partners: { title: 'Recommended security settings for partners', link: help('005225370&type=1') },
  connectedApps: {
    title: 'Manage Current OAuth Connected App Sessions',
    link: help('xcloud.connected_app_manage_current_sessions.htm&type=5'),
  },
  externalClientApps: {
    title: 'Manage External Client App OAuth Usage',
    link: help('xcloud.manage_external_client_app_usage.htm&type=5'),
  },
  userTokens: {
    title: "Manage OAuth-Enabled Connected Apps' Access to Your Data",
    link: 'https://help.salesforce.com/apex/HTViewSolution?id=000205876&language=en_US',
  },
  policies: {
    title: 'Manage OAuth Access Policies for a Connected App',
    link: help('xcloud.connected_app_manage_oauth.htm&type=5'),
  },
  rotation: {
    title: 'Edit a Connected App: View and Rotate the Consumer Key and Consumer Secret',
    link: 'https://help.salesforce.com/apex/HTViewHelpDoc?id=connected_app_edit_parent.htm&language=en_US',
  },
  stagedCredentials: {
    title: 'Stage, Rotate, and Delete OAuth Credentials for an External Client App',
    link: help('xcloud.eca_stage_oauth_credentials.htm&type=5'),
  },
  freeze: { title: 'Freeze or Unfreeze User Accounts', link: help('platform.users_freeze.htm&type=5') },
  sessions: { title: 'User Sessions', link: help('sf.security_user_session_info.htm&type=5') },
  passwords: {
    title: 'Reset Passwords for Your Users',
    link: help('xcloud.resetting_and_expiring_passwords.htm&type=5'),
  },
  nist: {
    title:
      'NIST SP 800-61 Rev. 3, Incident Response Recommendations and Considerations for Cybersecurity Risk Management',
    link: 'https://doi.org/10.6028/NIST.SP.800-61r3',
  },
} as const;

export type SourcePage = (typeof sources)[keyof typeof sources];

/** A thing that a person does, and the page that says how. */
export type SetupStep = { text: string; source?: SourcePage };

/** An app as a document names it. `users`: how many were counted, if that is known. */
type NamedApp = { name: string; users?: string; installed: boolean };

const counted = ({ users }: NamedApp): string => (users === undefined ? '' : ` (this run counted ${users})`);

const keepConnectedApp =
  'Neither delete nor uninstall the app: that removes the tokens and the settings that the investigation needs, and the guidance asks for the impact to be known first.';

/** What stops the tokens of a Connected App, or of one that is not installed. */
export const revokeConnectedApp = (app: NamedApp): SetupStep[] => [
  {
    text: `Setup, Quick Find: OAuth, Connected Apps OAuth Usage. In the row of ${app.name} click Block: it ends the app's current sessions and refuses new ones, for all users of the org. Needs View Setup and Configuration and Manage Users.`,
    source: sources.connectedApps,
  },
  {
    text: `In the same row click the number of users${counted(app)} and revoke what is left of their sessions. Once every token is revoked or expired the app leaves the list.`,
    source: sources.connectedApps,
  },
  app.installed
    ? {
        text: 'Setup, Quick Find: Connected Apps, Manage Connected Apps, the app, Edit Policies. Set Refresh Token Policy to expire the token immediately, IP Relaxation to enforce IP restrictions, and Permitted Users to users whom an administrator approved; assign no users for now.',
        source: sources.policies,
      }
    : {
        text: 'It is not installed, so it has no policies in this org: keep it blocked.',
        source: sources.connectedApps,
      },
  { text: keepConnectedApp, source: sources.guidance },
];

/** What stops the tokens of an External Client App. */
export const revokeExternalClientApp = (app: NamedApp): SetupStep[] => [
  {
    text: `Setup, Quick Find: External Client Apps, OAuth Usage. In the row of ${app.name} click the number of users${counted(app)}, select all of them and click Bulk Revoke. Needs "View all External Client Apps, view their settings, and edit their policies".`,
    source: sources.externalClientApps,
  },
  {
    text: 'Click the name of the app, Policies, Edit. Set Permitted Users to users whom an administrator approved, and assign no users for now, so that no new token is issued; turn the client credentials flow off, if it is on; let the refresh token expire immediately, and enforce IP restrictions.',
    source: sources.externalClientApps,
  },
  {
    text: 'Do not delete the app: the guidance asks for the impact to be known first.',
    source: sources.guidance,
  },
];

/** What stops one user. */
export const stopUser: readonly SetupStep[] = [
  {
    text: 'Setup, Users, the username, Freeze: the user cannot log in until an administrator clicks Unfreeze. Needs Freeze Users or Manage Users. Freezing is not documented to end a session that is open, nor to revoke a token: do the next two, too.',
    source: sources.freeze,
  },
  {
    text: 'Setup, Quick Find: Session Management. Select the sessions of the user and click Remove.',
    source: sources.sessions,
  },
  {
    text: "On the user's page in Setup, in the list OAuth Connected Apps, click Revoke for every row of the app: one row is one token. In Third-Party Account Links revoke the links through which the user could come back by single sign-on. The user finds the same list under personal settings, Advanced User Details.",
    source: sources.userTokens,
  },
  {
    text: 'Setup, Users, select the user, Reset Password(s). Have the user register the verification methods for MFA again if a device was lost.',
    source: sources.passwords,
  },
];

/** What makes stolen secrets worthless. Only the org in which an app was created can do it. */
export const rotate: readonly SetupStep[] = [
  {
    text: 'Connected App: in the org that created it, Setup, App Manager, the app, View, Manage Consumer Details. Generate a staged key and secret, hand them to the integration, apply them.',
    source: sources.rotation,
  },
  {
    text: 'External Client App: in the org that created it, stage and rotate the credentials with the Connect REST API, then delete the previous credentials: until then both may be valid. The current ones are under Setup, External Client App Manager, the app, Settings, OAuth Settings, Consumer Key and Secret.',
    source: sources.stagedCredentials,
  },
  {
    text: 'JWT bearer: make a new certificate, replace it in the app, destroy the old private key.',
    source: sources.partners,
  },
  {
    text: 'Passwords of the affected users, integration users included, and every secret that the integration stores: API keys, named credentials, keys that encrypt tokens.',
    source: sources.compromise,
  },
];

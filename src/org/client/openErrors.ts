import { maskFreeText } from '../../salesforce/secretText.js';
import { refusalOf } from './errors.js';

/** Why an org could not be opened, for people. */
type OpenProblem = { name: string; message: string; actions: string[] };

/** `words`: what the message also contains. `quotes`: what core or Salesforce says is the cause that a person looks for. */
type Known = { codes: RegExp; words?: RegExp; name: string; says: string; quotes?: true; actions: string[] };

const loginAgain =
  'Log in again with "sf org login web" (in a pipeline "sf org login jwt") under the same alias, then repeat the command.';

/** Codes: `ExceptionCode` of the partner WSDL; then those of Node and of this tool. */
const known: readonly Known[] = [
  {
    codes: /^SESSION_NOT_RENEWED$/,
    // Core reads the private key of a JWT login again whenever it renews the session.
    words: /^E(NOENT|ACCES|PERM|ISDIR|NOTDIR)\b/,
    name: 'SessionNotValidError',
    says: 'the session has ended, and sf cannot read the key file of this login to renew it',
    quotes: true,
    actions: [
      'Put the key file back where it was when you logged in; or log in again with "sf org login jwt" and the key file where it is now.',
    ],
  },
  {
    codes: /^SESSION_NOT_RENEWED$/,
    name: 'SessionNotValidError',
    says: 'the session has ended and could not be renewed',
    quotes: true,
    actions: [loginAgain],
  },
  {
    codes: /^INVALID_SESSION_ID$/,
    words: /session is not valid for use/i,
    name: 'SessionRefusedError',
    says: 'Salesforce refuses this session for the API',
    quotes: true,
    actions: [
      'API Access Control: ask an administrator to approve the app of this login (Setup > Connected Apps OAuth Usage, for sf "Salesforce CLI"), or log in through an app that is approved.',
      'IP restrictions: run the command from an address within the login IP ranges of the user and the IP ranges of the app.',
    ],
  },
  {
    codes: /^(INVALID_SESSION_ID|INVALID_AUTH_HEADER)$/,
    name: 'SessionNotValidError',
    says: 'the session is not valid and could not be renewed',
    actions: [loginAgain],
  },
  {
    codes: /^AuthDecryptError$/,
    name: 'LoginNotReadableError',
    says: 'sf cannot decrypt the login that it saved; its own key (key.json in the folder .sfdx of your home directory, or an entry of the keychain) is missing or is another one',
    actions: ['If the login was copied from another machine, or its key was removed, bring the key back.', loginAgain],
  },
  {
    codes: /^(API_DISABLED_FOR_ORG|API_CURRENTLY_DISABLED)$/,
    name: 'ApiDisabledError',
    says: 'the API is not enabled for the org or for this user',
    actions: ['Give the user the permission "API Enabled", or use an org whose edition includes the API.'],
  },
  {
    codes: /^LOGIN_DURING_RESTRICTED_(DOMAIN|TIME)$/,
    name: 'LoginRestrictedError',
    says: 'the login IP ranges or login hours of the user do not allow a login from here, now',
    actions: ['Run the command from an address within the login IP ranges of the user, during the login hours.'],
  },
  {
    codes: /^LOGIN_MUST_USE_SECURITY_TOKEN$/,
    name: 'LoginRestrictedError',
    says: 'Salesforce asks for a security token',
    actions: [loginAgain],
  },
  {
    codes: /^INVALID_OPERATION_WITH_EXPIRED_PASSWORD$/,
    name: 'PasswordExpiredError',
    says: 'the password of the user has expired',
    actions: ['Set a new password in the org, then log in again with "sf org login web".'],
  },
  {
    codes: /^(ORG_LOCKED|TRIAL_EXPIRED)$/,
    name: 'OrgLockedError',
    says: 'the org is locked or its trial has expired',
    actions: ['Ask Salesforce Support to unlock the org.'],
  },
  {
    codes:
      /^(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|CONNECTION_BROKEN)$|^(?=\w+$).*(?:CERT|TLS|SSL)/,
    name: 'OrgNotReachableError',
    says: 'its host cannot be reached',
    actions: ['Check that the org still exists, and the network and proxy settings (HTTPS_PROXY, NO_PROXY).'],
  },
  {
    codes: /^(TIMED_OUT|OUT_OF_TIME)$/,
    name: 'OrgNotReachableError',
    says: 'it did not answer in time',
    actions: ['Repeat the command later.'],
  },
  {
    codes: /^VERSION_NOT_OFFERED$/,
    name: 'ApiVersionNotOfferedError',
    says: '',
    actions: ['Give --api-version a version that the org offers, or leave it out.'],
  },
  {
    codes: /^(UNREADABLE|ERROR_HTTP_\d+)$/,
    name: 'OrgNotReadableError',
    says: 'the host does not answer as Salesforce does',
    actions: ['Check the instance URL of the org with "sf org display", and that no proxy answers in its place.'],
  },
];

/** One line, without a secret, and the steps that may help. */
export const openProblem = (error: unknown, org: string): OpenProblem => {
  const { code, message } = refusalOf(error);
  const entry = known.find(({ codes, words }) => codes.test(code) && (words?.test(message) ?? true));
  const { name, says, quotes, actions } = entry ?? { name: 'OrgNotOpenedError', says: '', actions: [loginAgain] };
  const cause = quotes ? `: ${(entry?.words ? message : maskFreeText(message)).replace(/\.?$/, '.')}` : '.';
  return {
    name,
    // sf takes the word in a message for a crash of the program.
    message: `Cannot open ${org}: ${`${says || message} (${code})${cause}`.replaceAll('TypeError', 'failure')}`,
    actions,
  };
};

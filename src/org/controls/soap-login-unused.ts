import { decide, gapForEventsAfter, note, type SubjectOutcome } from '../../engine/control.js';
import type { Subject, Violation } from '../../engine/types.js';
import { shortDay } from '../../common/dates.js';
import { counted } from '../../common/text.js';
import { loginSucceeded } from '../../salesforce/loginStatus.js';
import { hasReached } from '../../salesforce/releases.js';
import { endText, startOf } from '../../salesforce/rules/index.js';
import { orgControl, type PermissionGrants, type SoapLogin } from '../facts.js';
import { isGrantInForce } from '../findings/permissionGrants.js';
import { aboutUser } from '../findings/users.js';

type Moment = { asOf: Date; release: string | undefined };

/** Salesforce names the release that ends login(), and no day, so the release that the org runs decides. */
const evaluateLogin = (
  { user, app, status, subType, logins, last }: SoapLogin,
  { asOf, release }: Moment
): SubjectOutcome => {
  const subject: Subject = { type: 'User', name: user.username, id: user.id };
  const times = `${counted(logins, 'login')} in 90 days through ${app}, last on ${shortDay(last)}`;
  const succeeded = loginSucceeded(status);
  if (subType === undefined) {
    if (succeeded === false) return undefined;
    const detail = `${user.username} logged in through the SOAP API (${times}), and Salesforce sent no sub type: it may be login() with a password.`;
    return { kind: 'unreadable', detail, subject };
  }
  const at = JSON.stringify([app, status, subType]);
  if (succeeded === false) {
    return note(subject, `${user.username} tried SOAP login() without success: ${times}.`, at);
  }
  if (succeeded === undefined) {
    const detail = `${user.username} called SOAP login() (${times}) with the result "${status}", which is not a known value.`;
    return { kind: 'unreadable', detail, subject };
  }
  const hasEnded = hasReached(release, startOf('soap-login/ends'));
  const finding: Violation = {
    kind: hasEnded === true ? 'violation' : 'justification',
    ...aboutUser(user),
    message: `${user.username} logs in with a password through SOAP login(): ${times}. ${endText('soap-login/ends', asOf)}`,
    at,
  };
  if (hasEnded !== undefined) return finding;
  const detail = `Could not determine which release the org runs (${release ?? 'it sent none'}), and so whether a justification is enough.`;
  return [finding, { kind: 'unreadable', detail, subject }];
};

/** In orgs since Summer '26 only these users can call `login()`. */
const allowedUsers = ({ assignments }: PermissionGrants, asOf: Date): SubjectOutcome[] => {
  const live = assignments.filter((grant) => grant.userIsActive && isGrantInForce(grant, asOf));
  const users = new Map(live.map(({ user }) => [user.id, user]));
  return [...users.values()].map(({ id, username }) =>
    note({ type: 'User', name: username, id }, `${username} can call SOAP login() (Use Any API Auth).`, 'UseAnyApiAuth')
  );
};

export const soapLoginUnused = orgControl({
  id: 'org/soap-login-unused',
  title: 'No user logged in with a password through SOAP login() in the last 90 days',
  severity: 'medium',
  topic: 'SOAP login()',
  problem: { one: 'user logs in through SOAP login()', many: 'users log in through SOAP login()' },
  area: 'Users and login',
  setup: '/lightning/setup/OrgLoginHistory/home',
  requirement:
    'Robust security measures are essential for the integrity of Packaging Orgs (1GP), Namespace Definition Orgs (2GP), ' +
    'and DevHubs.',
  why: `SOAP login() gives the password of a user to the client, without multi-factor authentication. Salesforce ends it with ${startOf('soap-login/ends')}; the integration then stops.`,
  checks: ['The login history of the last 90 days has no successful SOAP login(), which takes a password.'],
  fails: [
    'A user logs in through SOAP login() without a justification.',
    `In an org that runs ${startOf('soap-login/ends')} or later, each such user and application is a violation.`,
  ],
  inconclusive: [
    'A login through the SOAP API has no sub type.',
    'A user logs in through SOAP login(), and the release of the org is not known.',
    'The result of a login is not a known value.',
    'The evidence was collected before the day for which it is evaluated.',
  ],
  notes: ['Failed logins are informational.', 'Each user with Use Any API Auth is informational.'],
  fix: [
    'Setup > Login History: find the integration, and change it to an External Client App with JWT bearer or client credentials.',
    'Setup > Permission Sets: remove Use Any API Auth from the user.',
    'Logins count for 90 days. Until then, accept the finding with `sf security-review justify`, or with `waive` where it is a violation.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005132110',
    'https://help.salesforce.com/s/articleView?id=005225370',
  ],
  attestable: false,
  needs: ['soapLogins', 'anyApiAuth', 'organization'],
  // A login that was seen happened.
  provableFromPart: { soapLogins: 'fail', anyApiAuth: 'fail' },
  judge: ({ soapLogins, anyApiAuth, organization: { release } }, context) =>
    decide(
      [
        ...soapLogins.map((login) => evaluateLogin(login, { asOf: context.asOf, release })),
        ...allowedUsers(anyApiAuth, context.asOf),
        gapForEventsAfter('Logins', context),
      ],
      'No user logged in through SOAP login() in the last 90 days.'
    ),
});

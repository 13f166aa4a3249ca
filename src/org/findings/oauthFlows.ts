import { decide, gapForEventsAfter, note, type SubjectOutcome } from '../../engine/control.js';
import type { Judgement, JudgeContext, Violation } from '../../engine/types.js';
import type { OauthLogin } from '../facts.js';
import { shortDay } from '../../common/dates.js';
import { defined } from '../../common/defined.js';
import { counted } from '../../common/text.js';

/** What the controls about such a flow have in common. */
export const blockedFlowSheet = {
  area: 'Users and login',
  setup: '/lightning/setup/OauthOidcSettings/home',
  fails: [
    'The org does not block the flow.',
    'An app logged in through the flow. The finding names up to 200 of its users.',
  ],
  inconclusive: [
    'The org did not send the setting.',
    'The result of a login is not a known value.',
    'The login history is empty although users logged in.',
    'The evidence was collected before the day for which it is evaluated.',
  ],
  notes: ['An app whose attempts all failed is informational.'],
  attestable: false,
  needs: ['oauthFlowSettings', 'oauthLogins'],
  provableFromPart: { oauthFlowSettings: 'fail', oauthLogins: 'fail' },
} as const;

/** A flow that apps must not use: its switch in OauthOidcSettings, and the login subtypes that show its use. */
type UnwantedFlow = {
  label: string;
  key: string;
  blocked: boolean | undefined;
  subtypes: readonly string[];
  /** When Salesforce ends the flow, as a sentence. */
  end?: string;
};

/** Evaluates the switch, and each app that used the flow or tried to. */
export const evaluateFlow = (
  flow: UnwantedFlow,
  logins: readonly OauthLogin[],
  context: Pick<JudgeContext, 'asOf' | 'collected'>
): Judgement =>
  decide(
    [...flowFindings(flow, logins), gapForEventsAfter('Logins', context)],
    `The org blocks the ${flow.label}, and no app used it in the last 90 days.`
  );

/** One outcome for the switch, and one for each app that used the flow or tried to. */
export const flowFindings = (
  { label, key, blocked, subtypes, end }: UnwantedFlow,
  logins: readonly OauthLogin[]
): SubjectOutcome[] => [
  switchFinding(label, key, blocked),
  ...logins.filter(({ flow }) => subtypes.includes(flow)).map((login) => useFinding(label, login, end)),
];

const switchFinding = (label: string, key: string, blocked: boolean | undefined): SubjectOutcome => {
  const subject = { type: 'Setting', name: `OauthOidc.${key}` };
  if (blocked === undefined) {
    return { kind: 'not-supported', detail: `The org did not send ${key}, which exists since API 56.`, subject };
  }
  return blocked ? undefined : { kind: 'violation', subject, message: `The org allows the ${label}.` };
};

const useFinding = (label: string, login: OauthLogin, end = ''): SubjectOutcome => {
  const { flow, app, succeeded, unknownStatus, logins, last, users = [], userCount = users.length } = login;
  const subject = { type: 'ConnectedApp', name: app };
  const times = `${counted(logins, 'login')} in 90 days, last on ${shortDay(last)}`;
  if (succeeded === undefined) {
    const detail = `${app} may have logged in through the ${label} (${times}): the result "${unknownStatus ?? ''}" is not a known value.`;
    return { kind: 'unreadable', detail, subject };
  }
  return succeeded
    ? defined<Violation>({
        kind: 'violation',
        subject,
        message: `${app} uses the ${label}: ${times}${usersOf(login)}. ${end}`.trimEnd(),
        at: flow,
        count: userCount > 0 ? userCount : undefined,
      })
    : note(subject, `${app} tried the ${label} without success: ${times}.`, `${flow} refused`);
};

const usersOf = ({ users = [], userCount = users.length }: OauthLogin): string => {
  if (users.length === 0) return '';
  const more = userCount > users.length ? ` and ${userCount - users.length} more` : '';
  return `, by ${users.join(', ')}${more}`;
};

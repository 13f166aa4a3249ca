import { plain, wrap } from '../render/text.js';
import { counted } from '../common/text.js';
import { incidentAddress } from '../salesforce/incident.js';
import { shortTime } from '../common/dates.js';
import { amount, fillIn } from './text.js';
import type { Incident } from './types.js';
import { neverShown, tokensText, type OrgView } from './view.js';

/** A mail that is long is not read; the folder contains the rest. */
const mostApps = 25;
const width = 76;

/** The mail to Salesforce as plain text. It names orgs and apps, but no user. */
export const mailDraft = (incident: Incident, views: readonly OrgView[]): string =>
  [
    `To: ${incidentAddress}`,
    `Subject: Security incident: ${fillIn('company, and the app in a few words')}`,
    '',
    'Hello,',
    '',
    ...text(
      `we report a security incident, or the suspicion of one, that impacts our applications on Salesforce, as Salesforce Help 005318040 asks for.`
    ),
    '',
    'What happened',
    ...item(fillIn('what was noticed, when (UTC) and by whom; what you suspect')),
    ...item(fillIn('is it still going on? which data or secrets may be concerned?')),
    ...item(fillIn('are subscribers affected? in which orgs?')),
    '',
    'Who we are',
    ...item(`Company: ${fillIn('name, and partner account or AppExchange listing')}`),
    ...item(
      `Contact: ${incident.contact === undefined ? fillIn('name, mail address, phone; reachable when') : plain(incident.contact)}`
    ),
    '',
    `Our orgs, as read on ${shortTime(incident.asOf)}`,
    ...text(`Window: ${shortTime(incident.window.since)} to ${shortTime(incident.window.until)}`),
    ...views.flatMap(orgOf),
    '',
    'What we do not know',
    ...views.flatMap(({ org, unknown }) =>
      unknown.length > 0
        ? item(`Org "${plain(org.name)}", because it could not be read: ${unknown.map(({ what }) => what).join('; ')}`)
        : []
    ),
    ...neverShown.flatMap((one) => item(one)),
    '',
    'What we have done so far',
    ...item(
      fillIn('apps blocked, tokens revoked, users frozen, secrets rotated: each with its time in UTC, or "nothing yet"')
    ),
    '',
    'What we ask for',
    ...item('Please confirm that you received this, and name a contact and a case number.'),
    ...item('Please tell us what you see of these apps that our orgs do not show.'),
    ...item(fillIn('anything else, such as help with subscribers')),
    '',
    ...text(
      'We keep a folder of evidence with SHA-256 sums (logins, changes in Setup, live tokens by app and user; no token and no secret) and hand it over as you prefer.'
    ),
    '',
    fillIn('name and role of the sender'),
    '',
  ].join('\n');

/** The same as a message (RFC 5322) that a mail program opens as a draft; no sender, no date. */
export const mailMessage = (incident: Incident, views: readonly OrgView[]): string => {
  const [to = '', subject = '', , ...body] = mailDraft(incident, views).split('\n');
  const words = Buffer.from(subject.replace(/^Subject: /, ''), 'utf8').toString('base64');
  return [
    to,
    // An encoded word (RFC 2047) has at most 75 characters.
    ...encodedWords(words).map((word, index) => `${index === 0 ? 'Subject:' : ''} ${word}`),
    'X-Unsent: 1',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    ...body,
  ].join('\r\n');
};

/** 52 characters of base64 are 39 bytes; the subject is short text in ASCII, so no character is cut. */
const encodedWords = (base64: string): string[] =>
  (base64.match(/.{1,52}/g) ?? []).map((part) => `=?UTF-8?B?${part}?=`);

const orgOf = (view: OrgView): string[] => {
  const { org, apps, counts, extents } = view;
  const about = [
    `"${plain(org.name)}"`,
    ...(org.orgId === undefined ? [fillIn('org id')] : [`org id ${plain(org.orgId)}`]),
    ...(org.namespace === undefined ? [] : [`namespace ${plain(org.namespace)}`]),
  ].join(', ');
  if (!org.facts) return item(`Org ${about}: it could not be read.`);
  const more = apps.length - mostApps;
  return [
    ...item(
      `Org ${about}: ${[
        amount(counts.apps, 'affected app', extents.apps),
        amount(counts.users, 'affected user', extents.users),
        amount(counts.tokens, 'live token', extents.tokens),
      ].join(', ')}`
    ),
    ...apps.slice(0, mostApps).flatMap((app) => {
      const what = app.kind === 'not-seen' ? 'not seen in this org' : tokensText(app, view);
      return item(`App "${plain(app.name)}"${app.id === undefined ? '' : ` (${plain(app.id)})`}: ${what}`, '    ');
    }),
    ...(more > 0 ? item(`and ${counted(more, 'more app', 'more apps')}`, '    ') : []),
  ];
};

/** A paragraph; whatever a name contains, it begins no line of its own and no header. */
const text = (words: string): string[] => wrap(plain(words), width);

const item = (words: string, indent = '  '): string[] =>
  wrap(plain(words), width - indent.length - 2).map((line, index) => `${indent}${index === 0 ? '- ' : '  '}${line}`);

import { code, listOf, prose } from '../render/markdown.js';
import { counted } from '../common/text.js';
import { incidentAddress, sources, type SourcePage } from '../salesforce/incident.js';
import { shortTime } from '../common/dates.js';
import { fillIn } from './text.js';
import type { Incident } from './types.js';
import { grantsOf, type OrgView } from './view.js';

type Stage = { title: string; who: string; why: string; todo: readonly string[]; sources: readonly SourcePage[] };

const stages: readonly Stage[] = [
  {
    title: 'Contain: block the apps, revoke the tokens, stop the users',
    who: 'Org administrator',
    why: 'Until then every holder of a token can still read. This folder was made before, so that it still shows what was live: a revoked token is no longer listed anywhere.',
    todo: [
      'Follow `revoke-tokens.md`, app by app, in each org. Block first, then revoke, then stop the users who are affected.',
      'An app that uses JWT bearer or client credentials gets a new token without any user: revoking alone does not stop it. Block it, or turn the flow off.',
      'Write down who did what, and when, in UTC.',
    ],
    sources: [sources.nist, sources.connectedApps],
  },
  {
    title: 'Preserve the evidence, before anything is deleted',
    who: 'Org administrator and security lead',
    why: 'Salesforce keeps changes in Setup for 180 days and logins for six months. A deleted app, user or package takes its traces along.',
    todo: [
      'Keep this folder as it is, in a place where it is not overwritten. `sha256sum -c SHA256SUMS` shows whether it was changed; keep the sums in a second place.',
      'In each org, Setup, View Setup Audit Trail, Download; Setup, Login History, Download.',
      'If the org has Event Monitoring, download the event log files of the window: only they show which data was read.',
      'Save the logs of the integration itself: its servers, its CI, its secret store.',
      'Neither delete nor uninstall an app, user or package.',
    ],
    sources: [sources.nist, sources.guidance],
  },
  {
    title: 'Report to Salesforce by mail',
    who: 'Security lead',
    why: `The guidance asks for it immediately: do not wait until everything is known, nor for the evidence of the step before. Salesforce may suspend the app while it investigates, and can see what no org shows.`,
    todo: [
      `Fill in \`mail-draft.txt\`: every place marked ${fillIn('…')}. Send it from an address of the company to ${incidentAddress}.`,
      'Do not mail this folder along: offer it, and let Salesforce say how it is to be handed over. It names users and addresses.',
    ],
    sources: [sources.guidance, sources.partners],
  },
  {
    title: 'Rotate the secrets',
    who: 'Owner of the app, with the org administrator',
    why: 'Only then is what was stolen worthless. Before containment a new secret could be stolen the same way.',
    todo: [
      'Follow the last section of `revoke-tokens.md`. Give the new secrets to the integration only through its secret store.',
    ],
    sources: [sources.compromise, sources.rotation, sources.stagedCredentials],
  },
  {
    title: 'Tell the subscribers',
    who: 'Security lead, with legal and customer support',
    why: 'Subscribers have tokens and secrets of their own, and may have duties of their own to report. What must be reported by when depends on contracts and law: this tool cannot know it.',
    todo: [
      'Say what happened, since when, which data may be affected, what they must do (revoke, rotate, look at their logins), and whom to ask.',
      'If the text also concerns Salesforce, agree it with them.',
    ],
    sources: [sources.compromise],
  },
  {
    title: 'Review, then open again',
    who: 'Security lead, owner of the app',
    why: 'An app that is unblocked as it was will be misused as it was.',
    todo: [
      'Close the way in: scopes, PKCE, refresh-token rotation, idle limit, IP allowlist, MFA, login IP ranges.',
      'Run `sf security-review audit-org` on every org, and `sf security-review check-package` on the package.',
      'Unblock the apps and unfreeze the users one by one. Write down what was learned.',
    ],
    sources: [sources.partners, sources.guidance],
  },
];

const files: ReadonlyArray<[string, string]> = [
  ['incident-report.md', 'what is known about each org, and what is not'],
  ['revoke-tokens.md', 'the steps to revoke, for each app and org'],
  ['incident.html', 'the documents for people as one page'],
  ['mail-draft.txt', `the mail to ${incidentAddress}, to be filled in`],
  ['mail-draft.eml', 'the same as a draft that a mail program opens'],
  ['timeline.csv', 'logins, changes in Setup and uses of tokens in the order of time'],
  ['evidence.json', 'everything that was read, with what could not be read'],
  ['SHA256SUMS', 'the sums of all of these: `sha256sum -c SHA256SUMS`'],
];

/** What to do, in which order, and who does it. */
export const readme = (incident: Incident, views: readonly OrgView[]): string => {
  const closed = views.filter(({ org }) => !org.facts);
  const open = views.filter(({ unknown }) => unknown.length > 0);
  const grants = grantsOf(views);
  return `${[
    '# Incident: what to do, and in which order',
    `Made ${shortTime(incident.asOf)} by ${code(incident.tool.name)} ${code(incident.tool.version)}, which only read. **Nothing was revoked, blocked, changed or sent: every step below is done by a person.**`,
    ...(closed.length > 0
      ? [
          `**${counted(closed.length, 'org')} could not be opened, so nothing is known about ${closed.length === 1 ? 'it' : 'them'}:** ${closed.map(({ org }) => code(org.name)).join(', ')}.`,
        ]
      : []),
    ...(open.length > 0
      ? [
          `Not everything could be read; the section "Not known" of \`incident-report.md\` says what.${grants.length > 0 ? ` To see the rest, give the user of this run: ${grants.map((grant) => prose(grant)).join('; ')}. Then make the folder again.` : ''}`,
        ]
      : []),
    ...stages.flatMap(stageOf),
    '## The files',
    ...listOf(files.map(([name, what]) => `\`${name}\`: ${what}`)),
    'They contain names of users, addresses and apps; no token, no secret and no session. What looks like a secret in a name or in the words of the audit trail is masked as [secret] or [token].',
  ].join('\n\n')}\n`;
};

const stageOf = ({ title, who, why, todo, sources: from }: Stage, index: number): string[] => [
  `## ${index + 1}. ${title}`,
  `**Who:** ${who}. ${why}`,
  ...listOf(todo.map((one) => `[ ] ${one}`)),
  `Source: ${from.map(({ title: name, link }) => `[${name}](${link})`).join('; ')}.`,
];

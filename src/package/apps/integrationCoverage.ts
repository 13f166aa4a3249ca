import type { SubjectOutcome } from '../../engine/control.js';
import type { Declared, Gap } from '../../engine/types.js';
import type { CodePlace, CodeUse, PackageFacts } from '../facts.js';
import { localName } from '../parsing/localName.js';
import { settingGap, oauthApps, type OauthApp } from './oauthApps.js';

type Facts = Pick<PackageFacts, 'project' | 'connectedApps' | 'externalClientApps' | 'code'>;

/** What the controls about code have in common: each app is an integration whose code must be read. */
export const integrationCode = {
  // The code of an integration is not always available.
  attestable: true,
  needs: ['project', 'connectedApps', 'externalClientApps', 'code'],
  compares: ['integrations'],
  // Code that was read can fail a control, whatever else could not be read.
  provableFromPart: { connectedApps: 'fail', externalClientApps: 'fail', code: 'fail' },
} as const;

/**
 * Every known integration whose code was not passed: those that the policy names, and the apps of the package that it
 * does not. A folder of `--integration-dir` does not show which integration it belongs to, so such folders count for
 * integrations without a `sourceDir` only if there is one for each.
 */
export const unreadIntegrations = (facts: Facts, { integrations }: Declared): Gap[] => {
  const given = facts.code.places.filter((place) => place.in === 'integration' && place.read > 0);
  const folders = given.filter(({ integration }) => integration === undefined).length;
  const open = integrations.filter((integration) => !isRead(integration, given));
  const apps = undeclaredApps(facts, integrations);
  const unassigned = open.filter(({ sourceDir }) => sourceDir === undefined).length + apps.length;
  const howToGive =
    folders === 0
      ? 'Pass it with --integration-dir, or name its folder as sourceDir in security-review.yml.'
      : `Name its folder as sourceDir in security-review.yml: --integration-dir passed ${folders} with code for ${unassigned} integrations.`;
  const unread = open.flatMap(({ name, sourceDir }) => {
    const subject = { type: 'Integration', name };
    const notRead = `The code of the integration ${name} was not read`;
    if (sourceDir !== undefined) return [settingGap(subject, `${notRead}: there is no folder ${sourceDir} with code.`)];
    return unassigned <= folders ? [] : [settingGap(subject, `${notRead}. ${howToGive}`)];
  });
  if (unassigned <= folders) return unread;
  return [
    ...unread,
    ...apps.map(({ subject }) => settingGap(subject, `The code that uses ${subject.name} was not read. ${howToGive}`)),
  ];
};

/** The lines of the data sheets about code that could not be read. */
export const unreadNotes = [
  'A file could not be read or parsed.',
  'The code of a known integration was not passed: use --integration-dir, name its sourceDir in the policy, or attest it.',
] as const;

/** Apps of the package that no integration of the policy names, each of them an integration of its own. */
export const undeclaredApps = (
  facts: Pick<Facts, 'project' | 'connectedApps' | 'externalClientApps'>,
  integrations: Declared['integrations']
): OauthApp[] => {
  const { namespace } = facts.project;
  const named = new Set(integrations.map(({ app = '' }) => localName(app, namespace)));
  return oauthApps(facts).filter(({ subject }) => !named.has(localName(subject.name, namespace)));
};

/** The policy may name another folder now than when the code was read. */
const isRead = ({ name, sourceDir }: Declared['integrations'][number], given: readonly CodePlace[]): boolean =>
  given.some(({ integration, folder }) => integration === name && (sourceDir === undefined || folder === sourceDir));

/** A finding for each of these that the code starts, and a gap for each place that may start one. */
export const usesIn = (
  { code }: Facts,
  whats: ReadonlyArray<CodeUse['what']>,
  finding: (use: CodeUse) => { message: string; kind?: 'justification' }
): SubjectOutcome[] =>
  code.uses
    .filter(({ what }) => whats.includes(what))
    .map((use) => {
      const { subject, at, unsure, form } = use;
      if (unsure === undefined) return { kind: 'violation', subject, at, ...finding(use) };
      const place = subject.line === undefined ? subject.name : `Line ${subject.line}`;
      return { kind: 'not-given', subject, detail: `${place} contains ${form}, and ${unsure}.` };
    });

/** The code that a pass is based on. */
export const codeRead = ({ code: { places } }: Facts): string => {
  const files = places.reduce((sum, { read }) => sum + read, 0);
  const folders = [...new Set(places.flatMap((place) => (place.in === 'integration' ? [place.folder] : [])))];
  const count = `${files} ${files === 1 ? 'file' : 'files'} of code`;
  return folders.length > 0 ? `${count}, including ${folders.join(', ')}` : count;
};

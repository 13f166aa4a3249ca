import { notApplicable, type Look } from '../engine/control.js';
import type { Declared, Gap, Judgement } from '../engine/types.js';
import type { CodePlace, CodeUse, PackageFacts } from './facts.js';
import { oauthApps } from './oauthApps.js';

type Facts = Pick<PackageFacts, 'project' | 'connectedApps' | 'externalClientApps' | 'code'>;

/** What a control needs to judge code: the apps, too, for each of them is an integration whose code must be read. */
export const needsOfCode = ['project', 'connectedApps', 'externalClientApps', 'code'] as const;
/** What was seen in the code is there, whatever else could not be read. */
export const provableInCode = { connectedApps: 'fail', externalClientApps: 'fail', code: 'fail' } as const;

/** Whether there is nothing whose code could start a flow. */
export const noCode = (facts: Facts, { integrations }: Declared): Judgement | undefined =>
  !facts.project.isPackage &&
  integrations.length === 0 &&
  facts.code.places.every(({ in: where }) => where === 'package')
    ? notApplicable('The project is not a package, and no integration is known.')
    : undefined;

/** Every known integration whose code nobody handed in: those that the policy names, and the apps of the package. */
export const unreadIntegrations = (facts: Facts, { integrations }: Declared): Gap[] => {
  const given = facts.code.places.filter((place) => place.in === 'integration' && place.read > 0);
  // What `--integration-dir` names is the code outside the package, of whichever integration.
  if (given.some(({ integration }) => integration === undefined)) return unreadSources(integrations, given);
  const apps = oauthApps(facts).filter(({ subject }) => !integrations.some(({ app }) => app === subject.name));
  return [
    ...integrations.filter((integration) => !isRead(integration, given)).map((integration) => unread(integration)),
    ...apps.map(({ subject }) => ({
      kind: 'not-given' as const,
      detail: `The code behind it was not read; ${howToGive}`,
      subject,
    })),
  ];
};

const howToGive = 'give it with --integration-dir, or as sourceDir of its integration in security-review.yml.';

/** A folder that the policy names is asked for by name: others do not stand in for it. */
const unreadSources = (integrations: Declared['integrations'], given: readonly CodePlace[]): Gap[] =>
  integrations
    .filter((integration) => integration.sourceDir !== undefined && !isRead(integration, given))
    .map((integration) => unread(integration));

/** The policy may name another folder now than when the code was read. */
const isRead = ({ name, sourceDir }: Declared['integrations'][number], given: readonly CodePlace[]): boolean =>
  given.some(({ integration, folder }) => integration === name && (sourceDir === undefined || folder === sourceDir));

const unread = ({ name, sourceDir }: Declared['integrations'][number]): Gap => ({
  kind: 'not-given',
  detail:
    sourceDir === undefined
      ? `The code of the integration ${name} was not read; ${howToGive}`
      : `The code of the integration ${name} was not read: no folder ${sourceDir} that holds code was seen.`,
  subject: { type: 'Integration', name },
});

/** Offences for what the code starts of these, and a gap for each place where it may. */
export const usesIn = (
  { code }: Facts,
  whats: ReadonlyArray<CodeUse['what']>,
  said: (use: CodeUse) => { message: string; kind?: 'justification' }
): Look[] =>
  code.uses
    .filter(({ what }) => whats.includes(what))
    .map((use) => {
      const { subject, at, unsure, form } = use;
      if (unsure === undefined) return { kind: 'violation', subject, at, ...said(use) };
      const place = subject.line === undefined ? 'It' : `Line ${subject.line}`;
      return { kind: 'not-given', subject, detail: `${place} holds ${form}, and ${unsure}.` };
    });

/** What a pass rests on. */
export const codeRead = ({ code: { places } }: Facts): string => {
  const files = places.reduce((sum, { read }) => sum + read, 0);
  const folders = [...new Set(places.flatMap((place) => (place.in === 'integration' ? [place.folder] : [])))];
  const count = `${files} ${files === 1 ? 'file' : 'files'} of code`;
  return folders.length > 0 ? `${count}, with those of ${folders.join(', ')}` : count;
};

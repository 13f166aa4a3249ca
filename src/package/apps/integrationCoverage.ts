import { notApplicable, type SubjectOutcome } from '../../engine/control.js';
import type { Declared, Gap, Judgement } from '../../engine/types.js';
import type { CodePlace, CodeUse, PackageFacts } from '../facts.js';
import { localName } from './assembleExternalClientApp.js';
import { gapOf, oauthApps, type OauthApp } from './oauthApps.js';

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

/**
 * Every known integration whose code nobody handed in: those that the policy names, and the apps of the package that it
 * does not. Which of them the code in a folder of `--integration-dir` serves is not written in it, so such folders stand
 * for those without a `sourceDir` only where there is one for each.
 */
export const unreadIntegrations = (facts: Facts, { integrations }: Declared): Gap[] => {
  const given = facts.code.places.filter((place) => place.in === 'integration' && place.read > 0);
  const folders = given.filter(({ integration }) => integration === undefined).length;
  const open = integrations.filter((integration) => !isRead(integration, given));
  const apps = undeclaredApps(facts, integrations);
  const standing = open.filter(({ sourceDir }) => sourceDir === undefined).length + apps.length;
  const howToGive =
    folders === 0
      ? 'give it with --integration-dir, or as sourceDir of its integration in security-review.yml.'
      : `name its folder as sourceDir in security-review.yml, because --integration-dir gave ${folders} with code for ${standing} integrations.`;
  const unread = open.flatMap(({ name, sourceDir }) => {
    const subject = { type: 'Integration', name };
    const said = `The code of the integration ${name} was not read`;
    if (sourceDir !== undefined) return [gapOf(subject, `${said}: no folder ${sourceDir} that holds code was seen.`)];
    return standing <= folders ? [] : [gapOf(subject, `${said}; ${howToGive}`)];
  });
  if (standing <= folders) return unread;
  return [...unread, ...apps.map(({ subject }) => gapOf(subject, `The code behind it was not read; ${howToGive}`))];
};

/** What the decisions of the controls say of the code that is asked for. */
export const unreadNotes = [
  'A file could not be read or parsed.',
  'An integration is known and its code was not given: pass --integration-dir, name its sourceDir in the policy, or attest it.',
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

/** Offences for what the code starts of these, and a gap for each place where it may. */
export const usesIn = (
  { code }: Facts,
  whats: ReadonlyArray<CodeUse['what']>,
  said: (use: CodeUse) => { message: string; kind?: 'justification' }
): SubjectOutcome[] =>
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

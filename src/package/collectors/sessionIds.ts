import { sessionMergeField, sessionTemplate } from '../../salesforce/sessionIds.js';
import type { Collector } from '../../engine/types.js';
import { apexSessions, type ApexReader } from '../apex/sessions.js';
import { readCode, type CodeFile } from '../codeFiles.js';
import { isApexTest } from '../comments.js';
import { componentOf } from '../component.js';
import type { SessionId } from '../facts.js';
import type { PackageSource } from '../project.js';
import { fileGap, population } from '../readApps.js';
import { sessionsInMarkup, sessionsInXml } from '../sessionMarkup.js';
import { parseXml } from '../xml.js';

const isApex = (path: string): boolean => /\.(cls|trigger)$/i.test(path);
const isMarkup = (path: string): boolean => /\.(page|component|cmp|app|html?|email)$/i.test(path);
const isScript = (path: string): boolean => /\.(js|mjs|resource)$/i.test(path);
const isXml = (path: string): boolean => !isApex(path) && !isMarkup(path) && !isScript(path);

/** A cheap look: only a file that holds such words is parsed. */
const apexWords = new RegExp(`\\bgetSessionId\\b|\\bgetContent\\s*\\(|${sessionTemplate.source}`, 'i');
const xmlWords = new RegExp(`${sessionMergeField.source}|includeSessionId`, 'i');

/** The places of the package that get hold of a session id. */
export const sessionIds: Collector<PackageSource, readonly SessionId[]> = {
  reads: [
    'ApexClass (.cls)',
    'ApexTrigger (.trigger)',
    'ApexPage (.page)',
    'VisualforceComponent (.component)',
    'AuraDefinitionBundle (.cmp, .app)',
    'LightningComponentBundle (.html)',
    'WebLink, CustomField, ValidationRule, Flow, QuickAction, HomePageComponent (formulas and links)',
    'Workflow (outbound messages)',
  ],
  requires: [],
  collect: async (source) => {
    const apex = await readCode(source, isApex, (text, path) => apexWords.test(text) && !isApexTest(path, text));
    const markup = await readCode(source, isMarkup, (text) => sessionMergeField.test(text));
    const xml = await readCode(source, isXml, (text) => xmlWords.test(text));
    const documents = xml.files.map((file) => ({ file, parsed: parseXml(file.text) }));
    const inApex =
      apex.files.length > 0
        ? await apexSessions(apex.files, await readerOf(source, markup.files))
        : { sessions: [], gaps: [] };
    return population(
      [
        ...inApex.sessions,
        ...markup.files.flatMap(sessionsInMarkup),
        ...documents.flatMap(({ file, parsed }) => ('root' in parsed ? sessionsInXml(file, parsed) : [])),
      ],
      [
        ...apex.gaps,
        ...markup.gaps,
        ...xml.gaps,
        ...inApex.gaps,
        ...documents.flatMap(({ file, parsed }) =>
          'problem' in parsed ? [fileGap(file.path, `could not be read: ${parsed.problem}`, parsed.line)] : []
        ),
      ]
    );
  },
};

const readerOf = async (source: PackageSource, withSession: readonly CodeFile[]): Promise<ApexReader> => {
  const named = (suffix: RegExp): Map<string, string> =>
    new Map(
      source.packaged
        .filter((path) => suffix.test(path))
        .map((path) => [componentOf(path).name.toLowerCase(), path] as const)
    );
  const pages = named(/\.page$/i);
  const showing = new Set(withSession.map(({ path }) => path));
  const controlled = /\b(?:controller|extensions)\s*=\s*["']([^"']*)/gi;
  const ofControllers = await readCode(source, isMarkup, (text) => text.search(controlled) >= 0);
  const namespace = source.project.namespace?.toLowerCase();
  return {
    classes: named(/\.cls$/i),
    read: async (path) => (await readCode({ ...source, packaged: [path] }, isApex, () => true)).files[0],
    search: async (words) => {
      const patterns = words.map((all) => all.map((word) => new RegExp(word, 'i')));
      const holds = (text: string): boolean => patterns.some((all) => all.every((pattern) => pattern.test(text)));
      return (await readCode(source, isApex, (text, path) => holds(text) && !isApexTest(path, text))).files;
    },
    showsSession: (page) => {
      const path = pages.get(
        namespace !== undefined && page.startsWith(`${namespace}__`) ? page.slice(namespace.length + 2) : page
      );
      return path === undefined ? undefined : showing.has(path);
    },
    onPage: (controller, member) =>
      ofControllers.files.some(({ text }) => {
        const names = [...text.toLowerCase().matchAll(controlled)].flatMap(([, list = '']) => list.split(/[\s,]+/));
        // Visualforce asks for getName() as {!name}.
        return names.includes(controller) && text.toLowerCase().includes(member.replace(/^get/, ''));
      }),
  };
};

import type { Collector, Gap } from '../../engine/types.js';
import { integrationFiles, lastFolder } from '../oauthFlows/codeBodies.js';
import { readCode } from '../source/reading/readCodeFiles.js';
import { isApexTest } from '../parsing/stripComments.js';
import type { FrontdoorUse } from '../facts.js';
import { frontdoorSigns } from '../sessions/frontdoorUrls.js';
import type { PackageSource } from '../source/packageSource.js';
import { population } from '../source/reading/readAppFiles.js';
import { codeOf, type PackageTree } from '../source/folderTree.js';
import { isArchive } from '../source/zipTree.js';
import { fileGap } from '../parsing/gaps.js';
import { isBundle } from '../source/knownLibraries.js';

/** Metadata with a script in it. */
const isXml = (path: string): boolean =>
  /\.(?:weblink|custompageweblink|object|homepagecomponent)(?:-meta\.xml)?$/i.test(path);
const isCode = (path: string): boolean =>
  /\.(cls|trigger|page|component|cmp|app|html?|svg|xht(?:ml)?|[cm]?[jt]sx?|resource|scf|email)$/i.test(path) ||
  isXml(path);

/** What code of the package and of its integrations does with frontdoor URLs. */
export const frontdoorUses: Collector<PackageSource, readonly FrontdoorUse[]> = {
  reads: [
    'ApexClass (.cls)',
    'ApexTrigger (.trigger)',
    'ApexPage (.page)',
    'VisualforceComponent (.component)',
    'AuraDefinitionBundle (.cmp, .app, .js)',
    'LightningComponentBundle (.html, .js)',
    'StaticResource (.js, .html, .resource, also zipped)',
    'WebLink, HomePageComponent, Scontrol',
    'code of integrations',
  ],
  requires: [],
  collect: async (source) => {
    const { files, gaps } = await readCode(
      source,
      isCode,
      (text) => isArchive(text) || /frontdoor|singleaccess/i.test(text),
      ['frontdoor']
    );
    const archives = files.filter(({ text }) => isArchive(text));
    const uses = files
      .filter(({ path, text }) => !isArchive(text) && !isApexTest(path, text))
      .flatMap(({ path, component, text }) =>
        frontdoorSigns(isXml(path) ? decoded(text) : text).map((sign) => ({ component, file: path, ...sign }))
      );
    const outside: Outside[] = [];
    for (const { tree, folder } of source.integrations) {
      // eslint-disable-next-line no-await-in-loop -- one folder after the other keeps memory small
      outside.push(...(await readFolder(tree, folder)));
    }
    return population(
      [...uses, ...outside.flatMap(({ found }) => found)],
      [
        ...gaps,
        ...archives.map(({ path }) => fileGap(path, 'is an archive that was not opened.')),
        ...outside.flatMap(({ gap }) => gap ?? []),
      ]
    );
  },
};

/** In a bundle the two may belong to different libraries. */
function openBundle(path: string, found: readonly FrontdoorUse[]): { gap?: Gap } {
  const sign = found.find(({ kind }) => kind !== 'built');
  if (sign === undefined) return {};
  const { line } = sign;
  const detail = `${path}:${line}: The bundle names a frontdoor URL and takes a sid, and whether out of it could not be determined.`;
  return { gap: { kind: 'not-understood', detail, subject: { type: 'File', name: path, file: path, line } } };
}

const decoded = (text: string): string =>
  text
    .replace(/&(apos|#39);/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');

type Outside = { found: readonly FrontdoorUse[]; gap?: Gap };

/** Code outside the package: its files are relative to their folder, whose name tells two folders apart. */
const readFolder = async (tree: PackageTree, folder: string): Promise<Outside[]> => {
  const read: Outside[] = [];
  for (const candidate of await integrationFiles(tree)) {
    if (candidate === 'no code' || !('language' in candidate)) continue;
    const { path, subject } = candidate;
    try {
      // eslint-disable-next-line no-await-in-loop -- a text is dropped before the next is read
      const text = await tree.read(path);
      const component = { type: subject.type, name: subject.name };
      const found = frontdoorSigns(text).map((sign) => ({
        component,
        file: path,
        ...sign,
        at: `${lastFolder(folder)} ${sign.at}`,
      }));
      read.push(isBundle(text) ? { found: [], ...openBundle(path, found) } : { found });
    } catch (error) {
      read.push({ found: [], gap: fileGap(path, `could not be read (${codeOf(error)}).`) });
    }
  }
  return read;
};

import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { globalSuffix, type ReadFile } from '../../parsing/appFiles.js';
import { packageProblem } from '../../errors.js';
import { bytesOf, codeOf, decoded } from '../folderTree.js';
import { only } from '../../parsing/xml.js';
import { readAppFiles } from './readAppFiles.js';

/** Global OAuth settings are a few kilobytes, with a certificate in them. */
const limit = 2 ** 20;

/** Reads global OAuth settings that are kept outside the source. The secret goes no further than this function. */
export const readGiven = async (file: string): Promise<ReadFile> => {
  const problem = (why: string, exitCode: 1 | 2): Error =>
    packageProblem(
      'WrongOauthFile',
      `${file} ${why}.`,
      ['Pass a file with ExtlClntAppGlobalOauthSettings, as the Metadata API retrieves it, with --eca-global-oauth.'],
      exitCode
    );
  const found = await stat(resolve(file)).catch((error: unknown) => {
    throw ['ENOENT', 'ENOTDIR'].includes(codeOf(error))
      ? problem('does not exist', 2)
      : problem(`cannot be opened (${codeOf(error)})`, 1);
  });
  if (!found.isFile()) throw problem('is not a file', 2);
  if (found.size > limit) throw problem('is larger than 1 MB, so it contains something else', 1);
  const tree = {
    paths: [file],
    unseen: [],
    read: () => Promise.resolve().then(() => decoded(bytesOf(resolve(file), limit))),
  };
  const { read, gaps } = await readAppFiles({ tree, replacements: [] }, [
    { path: file, name: file, suffix: globalSuffix },
  ]);
  const [settings] = read;
  if (!settings)
    throw problem(
      `is not usable: ${gaps
        .map(({ detail }) => detail.replace(`${file} could not be read: `, ''))
        .join(' ')
        .replace(/\.$/, '')}`,
      1
    );
  const app = only(settings.root, 'externalClientApplication')?.text ?? '';
  if (app === '') throw problem('does not name its app (externalClientApplication)', 1);
  const children = settings.root.children.filter(({ name }) => name !== 'consumerSecret');
  return { ...settings, path: file.replaceAll('\\', '/'), root: { ...settings.root, children } };
};

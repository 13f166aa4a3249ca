import type { Gap } from '../../engine/types.js';
import { appFile } from '../parsing/appFiles.js';
import { lineAt } from '../parsing/lineAt.js';
import type { Look } from '../parsing/textWords.js';
import { canCarry, packageIndex, type PackageFile } from './packageIndex.js';
import type { PackageSource } from './packageSource.js';

/** Metadata of a kind that no rule reads: it counts only where it mentions what a control looks for. `look`: for that. */
export async function unknownKinds(source: PackageSource, look: Look, mentions: RegExp, what: string): Promise<Gap[]> {
  const { read } = await packageIndex(source).texts({ file: isUnknown, looks: [look], mentions });
  return read.map(({ path, text }) => {
    const line = lineAt(text, Math.max(0, text.search(mentions)));
    return {
      kind: 'not-understood',
      detail: `${path}:${line}: The file mentions ${what}, and no rule explains this kind of metadata.`,
      subject: { type: 'File', name: path, file: path, line },
    };
  });
}

/** Files of experiences and other bundles; what a static resource contains is read as code. */
const bundles = /\.(?:json|xml|txt)$/i;
/** What describes a body that is read itself, and what people read. */
const described = /^(?:cls|trigger|page|component|resource|email|cmp|app|js|md|labels|translation|objecttranslation)$/;

function isUnknown(file: PackageFile): boolean {
  const isOther = described.test(file.suffix) || /(?:^|\/)staticresources\//.test(file.path);
  if (isOther || appFile(file.path) !== undefined) return false;
  return file.form === 'metadata' ? !canCarry(file) : file.form === 'content' && bundles.test(file.path);
}

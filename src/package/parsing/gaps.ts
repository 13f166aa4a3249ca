import type { Gap } from '../../engine/types.js';

/** A gap about a file. `problem` never quotes the file. */
export function fileGap(path: string, problem: string, line?: number): Gap {
  return {
    kind: 'unreadable',
    detail: `${path} ${problem}`,
    subject: { type: 'File', name: path, file: path, ...(line === undefined ? {} : { line }) },
  };
}

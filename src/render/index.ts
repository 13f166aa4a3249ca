import type { Report } from '../engine/types.js';
import type { LineEdit } from '../fixes/lineEdits.js';

export { appAttestations } from './attestationBlock.js';
export { narrowTerminal, renderEntries, renderReference } from './reference.js';
export { reportJsonSchema, reportSchema } from './reportSchema.js';
export { renderTable } from './table.js';
export { plain, wrap } from './text.js';
export { renderSummary, type SummaryOptions } from './summary.js';
export { renderHuman, type HumanOptions, type Tone } from './terminal.js';

/** Loaded when a file asks for them: some bring libraries along that no other run needs. */
const renderers = {
  '.html': async () => (await import('./html/page.js')).renderHtml,
  '.json': async () => (await import('./json.js')).renderJson,
  '.md': async () => (await import('./markdown.js')).renderMarkdown,
  '.sarif': async () => (await import('./sarif.js')).renderSarif,
  '.junit.xml': async () => (await import('./junit.js')).renderJunit,
  '.csv': async () => (await import('./csv.js')).renderCsv,
} satisfies Record<string, () => Promise<(report: Report, edits?: ReadonlyMap<string, LineEdit>) => string>>;

/** An extension that decides the format of an output file. */
type Format = keyof typeof renderers;

export const formats = Object.keys(renderers) as readonly Format[];

/** The format for the extension of a file; `undefined` for an unknown extension. */
export const formatOf = (file: string): Format | undefined =>
  formats.find((format) => file.toLowerCase().endsWith(format));

/** The same report gives the same text, byte for byte. `edits`: what closes findings, for a format that has a place for it. */
export const render = async (report: Report, format: Format, edits?: ReadonlyMap<string, LineEdit>): Promise<string> =>
  (await renderers[format]())(report, edits);

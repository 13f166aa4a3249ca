import type { Report } from '../engine/types.js';
import { renderJson } from './json.js';
import { renderMarkdown } from './markdown.js';

export { reportJsonSchema, reportSchema } from './reportSchema.js';
export { renderHuman, type HumanOptions, type Tone } from './human.js';

const renderers = {
  '.json': renderJson,
  '.md': renderMarkdown,
} satisfies Record<string, (report: Report) => string>;

/** An extension that decides the format of an output file. */
export type Format = keyof typeof renderers;

export const formats = Object.keys(renderers) as readonly Format[];

/** The format that the name of a file asks for; nothing if there is none, or none yet. */
export const formatOf = (file: string): Format | undefined =>
  formats.find((format) => file.toLowerCase().endsWith(format));

export const render = (report: Report, format: Format): string => renderers[format](report);

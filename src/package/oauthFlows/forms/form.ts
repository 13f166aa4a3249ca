import type { Flow } from '../../facts.js';
import type { Language } from '../languages.js';

/** A call of a library, or another piece of code, that by itself shows how a login to Salesforce goes. */
export type Form = {
  name: string;
  /**
   * The flow that it starts; `refresh`: it exchanges a token that a login gave; `session`: it works with a token or a
   * session that something else obtained. Neither is a use of a flow, and both explain what touches Salesforce.
   */
  flow: Flow | 'refresh' | 'session';
  languages: 'all' | readonly Language[];
  /** What else the file must contain: the library, and what shows that it is used for Salesforce. */
  with: RegExp | readonly RegExp[];
  pattern: RegExp;
  /** What the arguments that follow must contain. */
  takes?: RegExp;
  /** What they must not contain. */
  without?: RegExp;
  /** Arguments that are passed as one value, so their content is not known. */
  hides?: RegExp;
  /** A library for any vendor: the code around it shows where it leads. */
  anyVendor?: true;
};

/** A form whose table gives what it does not name. */
export type Row = Omit<Form, 'languages'> & Partial<Pick<Form, 'languages'>>;

/** A table of forms in a language, or in some of them. */
export function formsOf(languages: Form['languages'] | Language, rows: readonly Row[]): Form[] {
  const common = languages === 'all' ? languages : [languages].flat();
  return rows.map((row) => ({ languages: common, ...row }));
}

/** Rows for what one library can do. */
export function ofLibrary(library: Form['with'], rows: ReadonlyArray<Omit<Row, 'with'>>): Row[] {
  return rows.map((row) => ({ ...row, with: library }));
}

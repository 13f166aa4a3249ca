import { plain } from '../render/text.js';

/** A name that any user may have chosen, as a value: no character of it acts on YAML, an editor or a terminal. */
export const yamlText = (value: string): string =>
  JSON.stringify(value).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}]/gu, (letter) => {
    const code = letter.codePointAt(0) ?? 0;
    return code > 0xff_ff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });

/** Words for the reader. They stay a comment when the proposals are uncommented. */
export const explained = (text: string): string => `## ${plain(text)}`.trimEnd();

/** One line of YAML that is not in force until the `# ` in front of it. */
export const proposed = (indent: number, yaml: string): string => `# ${' '.repeat(indent)}${yaml}`;

/** Words between the lines of a proposal. */
export const betweenLines = (indent: number, text: string): string => proposed(indent, `# ${plain(text)}`);

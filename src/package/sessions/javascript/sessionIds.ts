import type { Gap } from '../../../engine/types.js';
import { isBundle } from '../../oauthFlows/scan.js';
import { isLibrary } from '../../oauthFlows/classifyFile.js';
import { lineAt, type CodeFile } from '../../reading/readCodeFiles.js';
import { withoutComments, withoutHtmlComments } from '../../parsing/stripComments.js';
import type { SessionId } from '../../facts.js';
import { fileGap } from '../../reading/readAppFiles.js';
import type { Script } from './dataFlow.js';
import { maySource, sureSource, type Givers } from './sources.js';

/** Whether a file of scripts, or a page with scripts in it, may get hold of a session id. */
export const mayHoldSession = (text: string, path: string, givers: Givers): boolean =>
  !isLibrary(path) && (maySource(text) || [...givers].some((one) => asks(text.toLowerCase(), one)));

/** A look for the name of a method of Apex: as a whole, or as Aura calls it. */
const asks = (text: string, giver: string): boolean =>
  text.includes(giver) || (text.includes(`c.${giver.slice(giver.indexOf('.') + 1)}`) && /\bget\s*\(/.test(text));

/** The session ids that scripts of components, pages and static resources get hold of, and where they go. */
export const sessionsInScripts = async (
  files: readonly CodeFile[],
  givers: Givers,
  controllersOf: (bundle: string) => readonly string[]
): Promise<{ sessions: readonly SessionId[]; gaps: readonly Gap[] }> => {
  if (files.length === 0) return { sessions: [], gaps: [] };
  const { parseScript } = await import('./parse.js');
  const { followScripts } = await import('./dataFlow.js');
  const sessions: SessionId[] = [];
  const gaps: Gap[] = [];
  const units = new Map<string, { files: CodeFile[]; scripts: Script[] }>();
  for (const file of files) {
    const { path, component, text } = file;
    if (isBundle(text) || /\.min\.js$/i.test(path)) {
      const [found] = sureSource.exec(text) ?? [];
      if (found !== undefined) sessions.push(sessionIn(file, lineAt(text, text.indexOf(found)), found, []));
      continue;
    }
    // The scripts of a bundle call each other; those of a static resource may be of different people.
    const key = component.type === 'StaticResource' ? path : `${component.type}:${component.name}`;
    const unit = units.get(key) ?? { files: [], scripts: [] };
    unit.files.push(file);
    for (const { script, linesBefore } of scriptsIn(file)) {
      const program = parseScript(script);
      if ('type' in program) unit.scripts.push({ file: path, program, linesBefore });
      else if (component.type.endsWith('Bundle') || mayHoldSession(withoutComments(script), path, givers)) {
        const line = program.line === undefined ? undefined : program.line + linesBefore;
        gaps.push(fileGap(path, 'holds a script that could not be parsed as JavaScript.', line));
      }
    }
    units.set(key, unit);
  }
  for (const unit of units.values()) {
    try {
      const [first] = unit.files;
      const controllers = first ? controllersOf(first.component.name) : [];
      for (const { file: path, line, source, uses } of followScripts(unit.scripts, givers, controllers)) {
        const file = unit.files.find((one) => one.path === path);
        if (file) sessions.push(sessionIn(file, line, source, uses));
      }
    } catch (error) {
      // Expressions in one another, deeper than the stack.
      if (!(error instanceof RangeError)) throw error;
      gaps.push(
        ...unit.files.map(({ path }) => fileGap(path, 'holds a script that is nested too deep to be followed.'))
      );
    }
  }
  return { sessions: toldApart(sessions), gaps };
};

const sessionIn = (
  { path: file, component }: CodeFile,
  line: number,
  source: string,
  [first, ...others]: ReadonlyArray<SessionId['uses'][number]>
): SessionId => ({
  component,
  file,
  line,
  source,
  at: source,
  uses: first ? [first, ...others] : [{ to: 'unknown', what: 'a place that could not be followed', file, line }],
});

/** The same source twice in a file: the second says so. */
const toldApart = (sessions: readonly SessionId[]): SessionId[] =>
  sessions.map((one, index) => {
    const before = sessions.slice(0, index).filter(({ file, at }) => file === one.file && at === one.at).length;
    return before === 0 ? one : { ...one, at: `${one.at} #${before + 1}` };
  });

/** The scripts of a page; of what is no markup, all of it. A merge field is some text. */
const scriptsIn = ({ path, text }: CodeFile): Array<{ script: string; linesBefore: number }> => {
  if (!/\.(?:page|component|html?)$/i.test(path) && !/^\s*</.test(text)) return [{ script: text, linesBefore: 0 }];
  const plain = withoutHtmlComments(text).replace(/\{![^{}]*\}/g, (field) => field.replace(/[^\n]/g, '_'));
  return [...plain.matchAll(/<script\b[^>]*>([^]*?)<\/script>/gi)].map(({ 1: body = '', 0: all, index }) => {
    const start = index + all.indexOf('>') + 1;
    const script = body.replace(/<!\[CDATA\[|\]\]>/g, (mark) => ' '.repeat(mark.length));
    return { script, linesBefore: lineAt(plain, start) - 1 };
  });
};

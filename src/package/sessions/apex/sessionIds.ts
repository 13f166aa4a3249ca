import type { Gap } from '../../../engine/types.js';
import { apiOfPath } from '../../../salesforce/sessionIds.js';
import type { CodeFile } from '../../reading/readCodeFiles.js';
import type { SessionId, SessionUse } from '../../facts.js';
import { fileGap } from '../../reading/readAppFiles.js';
import { holdsSession } from '../sinks.js';
import { followSessions } from './dataFlow.js';
import { outerOf } from './taintStore.js';
import type { ApexFile } from './syntax.js';
import type { ApexSource, Handed, Surroundings, Trail } from './escapes.js';

/** The rest of the package: what is read only when a session id leads there. */
export type ApexReader = {
  /** Paths of classes by name, in lower case. */
  classes: ReadonlyMap<string, string>;
  read: (path: string) => Promise<CodeFile | undefined>;
  /** Classes and triggers whose text holds all the words of one of these lists, in lower case. */
  search: (words: ReadonlyArray<readonly string[]>) => Promise<readonly CodeFile[]>;
  showsSession: Surroundings['showsSession'];
  /** Whether a page has this class as its controller and names this member. */
  onPage: (controller: string, member: string) => boolean;
};

/** How often the circle of classes is widened; what lies beyond it is unknown. */
const widest = 6;
const generatedCall = /webservicecallout\s*\.\s*invoke/i;

/** The session ids that Apex gets hold of, starting from the files that do. */
export const apexSessions = async (
  holding: readonly CodeFile[],
  reader: ApexReader
): Promise<{ sessions: readonly SessionId[]; givers: ReadonlySet<string>; gaps: readonly Gap[] }> => {
  const { parseApex } = await import('./parse.js');
  const parsed = new Map<string, ApexFile>();
  const generated = new Map<string, ReturnType<typeof apiOfPath>>();
  const gaps = new Map<string, Gap>();
  let trail: Trail | undefined;
  let next: readonly CodeFile[] = holding;
  const learn = (files: readonly CodeFile[]): void =>
    files
      .filter(({ text }) => generatedCall.test(text))
      .forEach(({ component, text }) => generated.set(component.name.toLowerCase(), apiOfPath(text)));
  learn(holding);
  let known = -1;
  for (let round = 0; round < widest && (next.length > 0 || generated.size > known); round += 1) {
    known = generated.size;
    for (const { path, text } of next) {
      const file = parseApex(path, text);
      if ('path' in file) parsed.set(path, file);
      else gaps.set(path, fileGap(path, 'could not be parsed as Apex.', file.line));
    }
    trail = followSessions([...parsed.values()], { showsSession: reader.showsSession, generated });
    // eslint-disable-next-line no-await-in-loop
    const around = await surrounding(trail, reader);
    const isNew = ({ path }: CodeFile): boolean => !parsed.has(path) && !gaps.has(path);
    // A class that WSDL2Apex made is large, and nothing but a way out.
    learn(around);
    next = around.filter((one) => isNew(one) && !generatedCall.test(one.text));
  }
  const handed = trail?.handed ?? [];
  const ordinals = new Map<string, number>();
  const sessions = (trail?.sources ?? []).map((source): SessionId => {
    const uses = [...(trail?.uses.get(source.key) ?? []), ...handed.flatMap((one) => handedUse(one, source, reader))];
    const [first, ...others] = uses;
    const at = `${source.label}.${source.method}: ${source.source}`;
    const ordinal = (ordinals.get(at) ?? 0) + 1;
    ordinals.set(at, ordinal);
    const { file, line } = source;
    return {
      component: {
        type: /\.trigger$/i.test(file) ? 'ApexTrigger' : 'ApexClass',
        name: source.label.replace(/\..*/, ''),
      },
      file,
      line,
      source: source.source,
      at: ordinal === 1 ? at : `${at} #${ordinal}`,
      uses: first ? [first, ...others] : [{ to: 'unknown', what: 'a place that could not be followed', file, line }],
    };
  });
  // `Controller.getSession`, in lower case: what gives a session id to whoever asks from outside of Apex.
  const givers = handed.flatMap(({ owner, name, exposed, marks }) =>
    exposed && name !== '' && name !== 'new' && holdsSession(marks) ? [`${owner.name}.${name}`.toLowerCase()] : []
  );
  return { sessions, givers: new Set(givers), gaps: [...gaps.values()] };
};

/** The classes that session ids lead to, and those that ask for one. */
const surrounding = async ({ reached, handed }: Trail, reader: ApexReader): Promise<CodeFile[]> => {
  const paths = new Set([...reached].flatMap((type) => reader.classes.get(outerOf(type)) ?? []));
  const named = await Promise.all([...paths].map((path) => reader.read(path)));
  const words = handed
    .filter(({ name }) => name !== '' && name !== 'new')
    .map(({ owner, name }) => [owner.name.replace(/.*\./, ''), name]);
  return [...named.flatMap((one) => one ?? []), ...(words.length > 0 ? await reader.search(words) : [])];
};

/** A session id that a method or a field hands out to somebody who is not in the package's Apex. */
const handedUse = (handed: Handed, { key }: ApexSource, { onPage }: ApexReader): SessionUse[] => {
  const { owner, name, label, file, exposed, called, marks } = handed;
  if (!marks.has(`session:${key}`) || name === '' || name === 'new') return [];
  const member = `${owner.label}.${label}`;
  if (exposed) return [{ to: 'unknown', what: `whoever asks for ${member} from outside of Apex`, file }];
  if (onPage(owner.name, name)) return [{ to: 'unknown', what: `a page that shows ${member}`, file }];
  return called ? [] : [{ to: 'unknown', what: `the callers of ${member}, of which none was found`, file }];
};

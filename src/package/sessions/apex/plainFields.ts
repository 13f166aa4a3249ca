import type { Expression } from './syntax.js';

/** A field of a class that is declared with no value, or with a list of literals. Names are in lower case. */
type PlainField = { name: string; type: string; modifiers: readonly string[]; value?: Expression };

/** Such fields by their class. */
export type PlainFields = ReadonlyMap<string, readonly PlainField[]>;

const boundary = /\/\*[^]*?(?:\*\/|$)|\/\/[^\n]*|'''[^]*?(?:'''|$)|'(?:\\.|[^'\\\n])*'?|[{};]/g;
const classHead =
  /^(?![^]*\/[/*])[^]*\bclass\s{1,20}(\w{1,60})(?:\s{1,20}(?:extends|implements)\s[\w.<>,\s]{0,500})?\s{0,20}$/i;

const dotted = String.raw`[a-z]\w*(?:\.[a-z]\w*)*`;
const literal = String.raw`(?:'[^'\\\n]*'|null)`;
/** On one line, so that nothing but the line itself is taken out. */
const declaration = new RegExp(
  String.raw`^((?:(?:public|private|global|static)[ \t]+)+)(${dotted}(?:\[\])?)[ \t]+([a-z]\w*)` +
    String.raw`(?:[ \t]*=[ \t]*new[ \t]+(${dotted})\[\][ \t]*\{(${literal}(?:,[ \t]*${literal})*)\})?[ \t]*;$`,
  'i'
);

/**
 * Takes such fields out of a file before it is parsed. WSDL2Apex writes them by the thousand, and a parser needs many
 * times longer for one than it takes to see what it is. Whatever is written in any other way stays. `reserved`: words,
 * in lower case, that are no plain names.
 */
export const withoutPlainFields = (
  source: string,
  reserved: ReadonlySet<string>
): { rest: string; fields: PlainFields } => {
  const fields = new Map<string, PlainField[]>();
  const kept: string[] = [];
  // For every open bracket the class whose body it begins, if it begins one.
  const open: Array<string | undefined> = [];
  let copied = 0;
  let start = 0;
  const lineAt = lineCounter(source);
  for (const { 0: found, index } of source.matchAll(boundary)) {
    const [holder, end] = [open.at(-1), index + found.length];
    if (found === '{') {
      const [, name] = classHead.exec(source.slice(start, index)) ?? [];
      const isBody = name !== undefined && (open.length === 0 || holder !== undefined);
      open.push(isBody ? `${holder === undefined ? '' : `${holder}.`}${name.toLowerCase()}` : undefined);
      if (isBody) start = end;
    } else if (found === '}') {
      // What is no class may be a value, which does not end its field: what follows is seen together with it.
      if (open.pop() !== undefined) start = end;
    } else if (found !== ';') {
      // A comment between two members; any other is part of one, and keeps it from being taken out.
      if (found.startsWith('/') && source.slice(start, index).trim() === '') start = end;
    } else if (holder !== undefined) {
      const piece = source.slice(start, end).trimStart();
      const at = end - piece.length;
      const plain = plainField(piece, reserved, lineAt(at));
      if (plain) {
        kept.push(source.slice(copied, at));
        copied = end;
        const others = fields.get(holder);
        if (others) others.push(plain);
        else fields.set(holder, [plain]);
      }
      start = end;
    }
  }
  return { rest: kept.join('') + source.slice(copied), fields };
};

const plainField = (piece: string, reserved: ReadonlySet<string>, line: number): PlainField | undefined => {
  const [whole, before = '', type = '', name = '', listed, list = ''] = declaration.exec(piece) ?? [];
  const names = [...type.split(/\W+/), name, ...(listed?.split('.') ?? [])].map((one) => one.toLowerCase());
  if (whole === undefined || names.some((one) => reserved.has(one))) return undefined;
  const plain = {
    name: name.toLowerCase(),
    type: type.toLowerCase(),
    modifiers: before.trim().toLowerCase().split(/\s+/),
  };
  if (listed === undefined) return plain;
  const texts = [...list.matchAll(new RegExp(literal, 'gi'))].map(([one]) =>
    one.startsWith("'") ? one.slice(1, -1) : undefined
  );
  // The columns only tell the literals of a line apart.
  const args = texts.map((value, column): Expression =>
    value === undefined ? { kind: 'nothing' } : { kind: 'text', value, place: { line, column } }
  );
  return { ...plain, value: { kind: 'new', type: listed.toLowerCase(), args, place: { line, column: 0 } } };
};

/** Offsets are asked for in ascending order. */
const lineCounter = (text: string): ((offset: number) => number) => {
  let line = 1;
  let next = text.indexOf('\n');
  return (offset) => {
    for (; next >= 0 && next < offset; next = text.indexOf('\n', next + 1)) line += 1;
    return line;
  };
};

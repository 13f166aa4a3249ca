import type { AnyNode } from 'acorn';
import type { FunctionNode, Script } from './syntax.js';

/** A part of a text that is not known. */
export const HOLE = '\u0000';
/** The address of the org itself: `location.origin`. */
export const ORG = '\u0001';

/** More texts than this for one value become one text: what they begin with, and a hole. */
const MAX_TEXTS = 12;
/** Characters. What follows is a hole. */
const MAX_LENGTH = 2000;
/** Parts of a name of a library: `jsforce.Connection().tooling.sobject().create`. */
const MAX_DEPTH = 8;
/** Parts of one library in all; a further one is taken to be what it is a part of. */
const MAX_PARTS = 300;
/** The same for a value that nothing is known of. */
const MAX_UNKNOWN_PARTS = 24;
/** Things of libraries that one variable may be; a further one changes nothing. */
const MAX_LIBRARY_THINGS = 12;

/**
 * What an expression may be. `sessions`: the sources whose session id may be in it. `texts`: what text it may be, with
 * holes. `words`: the literals that it is made of. `things`: the objects and functions that it may be.
 */
export type Value = {
  readonly sessions: ReadonlySet<string>;
  readonly texts: ReadonlySet<string>;
  readonly words: ReadonlySet<string>;
  readonly things: ReadonlySet<Thing>;
};

const empty: ReadonlySet<never> = new Set<never>();
export const NOTHING: Value = { sessions: empty, texts: empty, words: empty, things: empty };
export const UNKNOWN_VALUE: Value = { ...NOTHING, texts: new Set([HOLE]) };

/** Past the bound on work: the scripts are not fully followed, which is a gap. */
export class TooMuchWork extends Error {}

/** Objects of libraries that log in or take a session ID. */
const ofSalesforce = /jsforce|salesforce|forcetk|nforce|sforce/i;

/** Counts steps, so that every flow ends after the same work on any machine. */
export class Work {
  public constructor(private left: number) {}

  public spend(steps: number): void {
    this.left -= steps;
    if (this.left < 0) throw new TooMuchWork('The scripts need more steps than are allowed.');
  }
}

/** An object, a function or a class by the place that makes it; for a library, by its name. */
export class Thing {
  public readonly properties = new Map<string, Cell>();
  private readonly parts = new Map<string, Thing>();
  /** What comes from one library, all together. */
  private readonly family: { parts: number };

  public constructor(
    /** `object`, `function`, `class`; else the name of what it comes from, such as `axios.get()`. */
    public readonly kind: string,
    public readonly code?: { function: FunctionNode; script: Script; self: Thing | undefined; getter: boolean },
    private readonly depth = 0,
    family?: { parts: number }
  ) {
    this.family = family ?? { parts: 0 };
  }

  public get isLibrary(): boolean {
    return !/^(?:object|function|class|this)$/.test(this.kind);
  }

  public cell(name: string): Cell {
    const cell = this.properties.get(name) ?? new Cell();
    this.properties.set(name, cell);
    return cell;
  }

  /** A member of a library, or of an object that other code makes. */
  public part(name: string): Thing {
    return this.derive(name, this.kind === '' ? name : `${this.kind}.${name}`);
  }

  /** What a call of a library returns at this place, or what `new` makes there. */
  public result(place: string): Thing {
    return this.derive(`()${place}`, `${this.kind}()`);
  }

  private derive(key: string, kind: string): Thing {
    const known = this.parts.get(key);
    if (known) return known;
    const most = this.kind.startsWith('?') ? MAX_UNKNOWN_PARTS : MAX_PARTS;
    if (this.depth >= MAX_DEPTH || this.family.parts >= most) return this;
    this.family.parts += 1;
    const made = new Thing(kind, undefined, this.depth + 1, this.family);
    this.parts.set(key, made);
    return made;
  }
}

/** A variable or a property: all that may be kept there. */
export class Cell {
  private readonly sessions = new Set<string>();
  private texts = new Set<string>();
  private readonly words = new Set<string>();
  private readonly things = new Set<Thing>();
  private written = false;
  private isWide = false;
  private libraryThings = 0;
  private unknown: Thing | undefined;

  public get value(): Value {
    return { sessions: this.sessions, texts: this.texts, words: this.words, things: this.things };
  }

  /** Whether anything is ever assigned, known or not. */
  public get isWritten(): boolean {
    return this.written;
  }

  public get isEmpty(): boolean {
    return this.sessions.size + this.texts.size + this.things.size === 0;
  }

  /** The value where nothing is ever assigned: a parameter of a function that others call. */
  public unknownThing(name: string): Thing {
    this.unknown ??= new Thing(`?${name}`, undefined, MAX_DEPTH - 3);
    return this.unknown;
  }

  /** Whether something was learned. */
  public add(value: Value): boolean {
    this.written = true;
    const before = this.sessions.size + this.words.size + this.things.size;
    if (value.sessions !== this.sessions) value.sessions.forEach((one) => this.sessions.add(one));
    if (value.words !== this.words) value.words.forEach((one) => this.words.add(one));
    if (value.things !== this.things) value.things.forEach((one) => this.addThing(one));
    const grown = value.texts !== this.texts && this.addTexts([...value.texts]);
    return grown || this.sessions.size + this.words.size + this.things.size > before;
  }

  private addThing(thing: Thing): void {
    if (this.things.has(thing)) return;
    if (thing.isLibrary && this.libraryThings >= MAX_LIBRARY_THINGS) {
      // What is called on it would not be seen.
      if (ofSalesforce.test(thing.kind)) throw new TooMuchWork('A variable may be too many objects of libraries.');
      // Its possible values still count as possible values of this one.
      [...this.things]
        .find(({ isLibrary }) => isLibrary)
        ?.cell('#base')
        .things.add(thing);
      return;
    }
    if (thing.isLibrary) this.libraryThings += 1;
    this.things.add(thing);
  }

  /** Too many texts become one with a hole; if that is not enough either, nothing is known of the text. */
  private addTexts(texts: readonly string[]): boolean {
    const news = texts.filter((text) => !this.texts.has(text) && !this.covers(text));
    if (news.length === 0) return false;
    const all = new Set([...this.texts, ...news]);
    this.texts = this.isWide ? new Set([HOLE]) : widened(all);
    this.isWide ||= all.size > MAX_TEXTS;
    return true;
  }

  private covers(text: string): boolean {
    const [only = ''] = this.texts;
    return this.isWide && text.startsWith(only.slice(0, -1));
  }
}

const widened = (texts: Set<string>): Set<string> => {
  if (texts.size <= MAX_TEXTS) return texts;
  const [first = '', ...others] = texts;
  let length = first.length;
  for (const other of others) {
    let same = 0;
    while (same < length && first[same] === other[same]) same += 1;
    length = same;
  }
  return new Set([oneHole(first.slice(0, length) + HOLE)]);
};

const oneHole = (text: string): string => {
  // eslint-disable-next-line no-control-regex -- the sign of a hole is one on purpose
  const plain = text.replace(/\u0000{2,}/g, HOLE);
  return plain.length > MAX_LENGTH ? plain.slice(0, MAX_LENGTH) + HOLE : plain;
};

export function textValue(text: string): Value {
  const texts = new Set([oneHole(text)]);
  return { ...NOTHING, texts, words: text === '' ? empty : texts };
}

export function thingValue(thing: Thing): Value {
  return { ...NOTHING, things: new Set([thing]) };
}

export function sessionValue(key: string): Value {
  return { ...NOTHING, sessions: new Set([key]), texts: new Set([HOLE]) };
}

/** The value of an object that contains a session ID: its text is not known. */
export function taint(sessions: ReadonlySet<string>): Value {
  return sessions.size === 0 ? UNKNOWN_VALUE : { ...UNKNOWN_VALUE, sessions };
}

export function unionOfValues(values: readonly Value[], work: Work): Value {
  const [first = NOTHING, ...others] = values.filter((value) => sizeOf(value) > 0);
  if (others.length === 0) return first;
  const all = [first, ...others];
  work.spend(all.reduce((sum, value) => sum + sizeOf(value), 0));
  return {
    sessions: join(all.map(({ sessions }) => sessions)),
    texts: widened(new Set(all.flatMap(({ texts }) => [...texts]))),
    words: join(all.map(({ words }) => words)),
    things: join(all.map(({ things }) => things)),
  };
}

const sizeOf = ({ sessions, texts, words, things }: Value): number =>
  sessions.size + texts.size + words.size + things.size;

const join = <T>(sets: ReadonlyArray<ReadonlySet<T>>): ReadonlySet<T> => {
  const filled = sets.filter(({ size }) => size > 0);
  return filled.length <= 1 ? (filled[0] ?? new Set<T>()) : new Set(filled.flatMap((set) => [...set]));
};

/** Two texts, one after the other. A value that nothing is known of yet stays so. */
export function concat(left: Value, right: Value, work: Work): Value {
  const [before, after] = [textsOf(left), textsOf(right)];
  const both = unionOfValues([left, right], work);
  work.spend(
    before.size * after.size + Math.ceil((lengthOf(before) * after.size + lengthOf(after) * before.size) / 50)
  );
  const texts = [...before].flatMap((one) => [...after].map((other) => oneHole(one + other)));
  return { ...both, texts: widened(new Set(texts)) };
}

const lengthOf = (texts: ReadonlySet<string>): number => [...texts].reduce((sum, text) => sum + text.length, 0);

/** The texts of a value; an object has one that is not known. */
export function textsOf({ texts, things, sessions }: Value): ReadonlySet<string> {
  return texts.size > 0 ? texts : things.size + sessions.size > 0 ? UNKNOWN_VALUE.texts : texts;
}

export const isNode = (value: unknown): value is AnyNode =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

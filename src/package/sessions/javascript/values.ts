import type { AnyNode } from 'acorn';
import { FixedSet } from './fixedSet.js';
import { TooMuchWork, type Work } from './work.js';
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
  readonly sessions: FixedSet<string>;
  readonly texts: FixedSet<string>;
  readonly words: FixedSet<string>;
  readonly things: FixedSet<Thing>;
};

export const NOTHING: Value = {
  sessions: new FixedSet(),
  texts: new FixedSet(),
  words: new FixedSet(),
  things: new FixedSet(),
};
export const UNKNOWN_VALUE: Value = { ...NOTHING, texts: new FixedSet([HOLE]) };

/** Objects of libraries that log in or take a session ID; what the AJAX toolkit returns is data. */
const ofSalesforce = /jsforce|salesforce|forcetk|nforce/i;

/** An object, a function or a class by the place that makes it; for a library, by its name. */
export class Thing {
  public readonly properties = new Map<string, Cell>();
  /** The session IDs that can be reached from here. They are passed on as they arrive, so that no call looks for them. */
  public sessions = NOTHING.sessions;
  public readonly isLibrary: boolean;
  /** Of a function and of a window it is not known what they have. */
  public readonly isOpaque: boolean;
  public readonly isLocation: boolean;
  /** Only this. */
  public readonly value: Value = { ...NOTHING, things: new FixedSet<Thing>([this]) };
  private readonly holders = new Set<Thing>();
  private readonly parts = new Map<string, Thing>();
  /** What comes from one library, all together. */
  private readonly family: { parts: number };

  public constructor(
    /** `object`, `function`, `class`; else the name of what it comes from, such as `axios.get()`. */
    public readonly kind: string,
    public readonly code?: { function: FunctionNode; script: Script },
    private readonly depth = 0,
    family?: { parts: number }
  ) {
    this.family = family ?? { parts: 0 };
    this.isLibrary = !/^(?:object|function|class|this)$/.test(kind);
    this.isOpaque = kind === 'function' || kind === 'window';
    this.isLocation = /(?:^|\.)location$/.test(kind);
  }

  public cell(name: string): Cell {
    const cell = this.properties.get(name) ?? new Cell(this);
    this.properties.set(name, cell);
    return cell;
  }

  /** This is a value of a property of the holder. */
  public heldBy(holder: Thing, work: Work): void {
    if (this.isOpaque || this.holders.has(holder)) return;
    this.holders.add(holder);
    holder.receive(this.sessions, work);
  }

  /** Takes session IDs, and passes them on to everything that this can be reached from. */
  public receive(sessions: FixedSet<string>, work: Work): void {
    const open: Thing[] = [this];
    for (let thing = open.pop(); thing; thing = open.pop()) {
      work.spend(1);
      const all = thing.isOpaque ? thing.sessions : thing.sessions.join(sessions, work);
      if (all === thing.sessions) continue;
      thing.sessions = all;
      open.push(...thing.holders);
    }
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
  private kept: Value = NOTHING;
  private written = false;
  private isWide = false;
  private libraryThings = 0;
  private unknown: Thing | undefined;
  private refused: Set<Thing> | undefined;
  /** Sets of which everything is kept here. A literal has one set for its text and for its words. */
  private readonly added = new Set<FixedSet<string> | FixedSet<Thing>>();
  private readonly addedTexts = new Set<FixedSet<string>>();

  /** `owner`: the object whose property this is. */
  public constructor(private readonly owner?: Thing) {}

  public get value(): Value {
    return this.kept;
  }

  /** Whether anything is ever assigned, known or not. */
  public get isWritten(): boolean {
    return this.written;
  }

  public get isEmpty(): boolean {
    return this.kept.sessions.size + this.kept.texts.size + this.kept.things.size === 0;
  }

  /** The value where nothing is ever assigned: a parameter of a function that others call. */
  public unknownThing(name: string): Thing {
    this.unknown ??= new Thing(`?${name}`, undefined, MAX_DEPTH - 3);
    return this.unknown;
  }

  /** Whether something was learned. */
  public add({ sessions, texts, words, things }: Value, work: Work): boolean {
    this.written = true;
    work.spend(1);
    const before = this.kept;
    if (this.isNew(sessions)) this.addSessions(sessions, work);
    if (this.isNew(words)) this.keep({ words: before.words.join(words, work) });
    if (this.isNew(things)) this.addThings(things, work);
    if (texts.size > 0 && !this.addedTexts.has(texts)) this.addTexts(texts, work);
    return this.kept !== before;
  }

  private isNew(set: FixedSet<string> | FixedSet<Thing>): boolean {
    if (set.size === 0 || this.added.has(set)) return false;
    this.added.add(set);
    return true;
  }

  private keep(part: Partial<Value>): void {
    const all = { ...this.kept, ...part };
    const isSame =
      all.sessions === this.kept.sessions &&
      all.texts === this.kept.texts &&
      all.words === this.kept.words &&
      all.things === this.kept.things;
    if (!isSame) this.kept = all;
  }

  private addSessions(sessions: FixedSet<string>, work: Work): void {
    this.keep({ sessions: this.kept.sessions.join(sessions, work) });
    this.owner?.receive(sessions, work);
  }

  private addThings(things: FixedSet<Thing>, work: Work): void {
    work.spend(things.size);
    const fitting: Thing[] = [];
    for (const one of things) if (!this.kept.things.has(one) && this.fits(one, work)) fitting.push(one);
    if (fitting.length === 0) return;
    const all = fitting.length === things.size ? things : new FixedSet(fitting);
    this.keep({ things: this.kept.things.join(all, work) });
    if (this.owner) for (const one of fitting) one.heldBy(this.owner, work);
  }

  /** Whether a thing gets its place; of libraries only some do. */
  private fits(thing: Thing, work: Work): boolean {
    if (!thing.isLibrary) return true;
    if (this.refused?.has(thing)) return false;
    if (this.libraryThings < MAX_LIBRARY_THINGS) {
      this.libraryThings += 1;
      return true;
    }
    // What is called on it would not be seen.
    if (ofSalesforce.test(thing.kind)) throw new TooMuchWork('A variable may be too many objects of libraries.');
    // Its possible values still count as possible values of this one.
    const known = [...this.kept.things].find(({ isLibrary }) => isLibrary);
    known?.cell('#base').add(thing.value, work);
    this.refused ??= new Set();
    this.refused.add(thing);
    return false;
  }

  /** Too many texts become one with a hole; if that is not enough either, nothing is known of the text. */
  private addTexts(texts: FixedSet<string>, work: Work): void {
    work.spend(texts.size);
    this.addedTexts.add(texts);
    const news = [...texts].filter((text) => !this.kept.texts.has(text) && !this.covers(text));
    if (news.length === 0) return;
    const all = new FixedSet([...this.kept.texts, ...news]);
    this.keep({ texts: this.isWide ? UNKNOWN_VALUE.texts : widened(all) });
    this.isWide ||= all.size > MAX_TEXTS;
  }

  private covers(text: string): boolean {
    const [only = ''] = this.kept.texts;
    return this.isWide && text.startsWith(only.slice(0, -1));
  }
}

const widened = (texts: FixedSet<string>): FixedSet<string> => {
  if (texts.size <= MAX_TEXTS) return texts;
  const [first = '', ...others] = texts;
  let length = first.length;
  for (const other of others) {
    let same = 0;
    while (same < length && first[same] === other[same]) same += 1;
    length = same;
  }
  return new FixedSet([oneHole(first.slice(0, length) + HOLE)]);
};

const oneHole = (text: string): string => {
  // eslint-disable-next-line no-control-regex -- the sign of a hole is one on purpose
  const plain = text.replace(/\u0000{2,}/g, HOLE);
  return plain.length > MAX_LENGTH ? plain.slice(0, MAX_LENGTH) + HOLE : plain;
};

export function textValue(text: string): Value {
  const texts = new FixedSet([oneHole(text)]);
  return { ...NOTHING, texts, words: text === '' ? NOTHING.words : texts };
}

export function sessionValue(key: string): Value {
  return { ...UNKNOWN_VALUE, sessions: new FixedSet([key]) };
}

/** The value of an object that contains a session ID: its text is not known. */
export function taint(sessions: FixedSet<string>): Value {
  return sessions.size === 0 ? UNKNOWN_VALUE : { ...UNKNOWN_VALUE, sessions };
}

export function unionOfValues(values: readonly Value[], work: Work): Value {
  const [first = NOTHING, ...others] = values.filter((value) => sizeOf(value) > 0);
  if (others.length === 0) return first;
  const all = [first, ...others];
  work.spend(all.length);
  const joined = <T>(setOf: (value: Value) => FixedSet<T>): FixedSet<T> =>
    all.map(setOf).reduce((joint, one) => joint.join(one, work));
  return {
    sessions: joined(({ sessions }) => sessions),
    texts: joinedTexts(new Set(all.map(({ texts }) => texts)), work),
    words: joined(({ words }) => words),
    things: joined(({ things }) => things),
  };
}

const sizeOf = ({ sessions, texts, words, things }: Value): number =>
  sessions.size + texts.size + words.size + things.size;

/** As texts have no order, the same set does not count twice. */
function joinedTexts(different: Set<FixedSet<string>>, work: Work): FixedSet<string> {
  different.delete(NOTHING.texts);
  const [first = NOTHING.texts] = different;
  if (different.size <= 1) return first;
  work.spend(different.size);
  const all = new FixedSet<string>();
  for (const texts of different) for (const text of texts) all.add(text);
  return widened(all);
}

/** Two texts, one after the other. A value that nothing is known of yet stays so. */
export function concat(left: Value, right: Value, work: Work): Value {
  const [before, after] = [textsOf(left), textsOf(right)];
  const both = unionOfValues([left, right], work);
  work.spend(
    before.size * after.size + Math.ceil((lengthOf(before) * after.size + lengthOf(after) * before.size) / 50)
  );
  const texts = [...before].flatMap((one) => [...after].map((other) => oneHole(one + other)));
  return { ...both, texts: widened(new FixedSet(texts)) };
}

const lengthOf = (texts: ReadonlySet<string>): number => [...texts].reduce((sum, text) => sum + text.length, 0);

/** The texts of a value; an object has one that is not known. */
export function textsOf({ texts, things, sessions }: Value): FixedSet<string> {
  return texts.size > 0 ? texts : things.size + sessions.size > 0 ? UNKNOWN_VALUE.texts : texts;
}

export const isNode = (value: unknown): value is AnyNode =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

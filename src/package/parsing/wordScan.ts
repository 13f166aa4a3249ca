/**
 * `classes`: of characters by their low byte; all that are in no word are one class. `next`: a row for each state, of
 * 2^`shift` states, one for each class. The states from `firstEnd` on end a word; `found`: the words that end in each.
 */
type Automaton = {
  classes: Uint8Array;
  shift: number;
  next: Uint16Array;
  firstEnd: number;
  found: readonly number[][];
};
/** Is called with the index of a word, and where in the text it ends. */
type OnWord = (word: number, end: number) => void;

const NO_WORD = 0;
/** Characters that are looked at together. */
const PORTION = 2 ** 16;
const bytes = Buffer.allocUnsafe(PORTION);
/** More letters in all words get an automaton each half of them. */
const MOST_LETTERS = 50_000;
/** States that end a word, each with its place: one scan has at most as many as characters, twice in the middle. */
const ends = new Uint32Array(4 * PORTION);

/**
 * Looks in one pass for words, in any case: words of ASCII characters in lower case. A word counts also as a part of
 * another word. A character counts by its low byte alone, so no word is missed, and above U+00FF one may be seen that is
 * not there. A place may be given twice. A pattern for each rule would read the text as often as there are rules.
 */
export function wordScan(words: readonly string[]): (text: string, onWord: OnWord) => void {
  if (words.length > 1 && words.reduce((sum, { length }) => sum + length, 0) > MOST_LETTERS) {
    const middle = words.length >> 1;
    const [first, second] = [wordScan(words.slice(0, middle)), wordScan(words.slice(middle))];
    return (text, onWord) => {
      first(text, onWord);
      second(text, (word, end) => onWord(middle + word, end));
    };
  }
  // Made for the first text: most commands look at none.
  let made: Automaton | undefined;
  const longest = words.reduce((most, { length }) => Math.max(most, length), 1);
  return (text, onWord) => {
    const automaton = (made ??= automatonOf(words));
    const { found, firstEnd } = automaton;
    for (let start = 0; start === 0 || start + longest <= text.length; start += PORTION - longest + 1) {
      const portion = text.length <= PORTION ? text : text.slice(start, start + PORTION);
      const count = scan(automaton, bytes.write(portion, 0, 'latin1'), longest);
      for (let at = 0; at < count; at += 2) {
        const ended = found[(ends[at] ?? 0) - firstEnd] ?? [];
        for (const word of ended) onWord(word, start + (ends[at + 1] ?? 0) + 1);
      }
    }
  };
}

/**
 * Reads two halves of the bytes in one loop: a processor can do both steps at a time, and each depends on the step before
 * in its half only. The first half is read further for as long as a word can last. Returns how much of `ends` is filled.
 */
function scan({ classes, shift, next, firstEnd }: Automaton, length: number, longest: number): number {
  const middle = length >> 1;
  const last = Math.min(length, middle + longest - 1);
  let count = 0;
  let one = 0;
  let other = 0;
  let at = 0;
  let ahead = middle;
  for (; at < middle; at += 1, ahead += 1) {
    one = next[(one << shift) | (classes[bytes[at] ?? 0] ?? NO_WORD)] ?? 0;
    other = next[(other << shift) | (classes[bytes[ahead] ?? 0] ?? NO_WORD)] ?? 0;
    if (one >= firstEnd) count = addEnd(count, one, at);
    if (other >= firstEnd) count = addEnd(count, other, ahead);
  }
  for (; ahead < length; ahead += 1) {
    other = next[(other << shift) | (classes[bytes[ahead] ?? 0] ?? NO_WORD)] ?? 0;
    if (other >= firstEnd) count = addEnd(count, other, ahead);
  }
  for (; at < last; at += 1) {
    one = next[(one << shift) | (classes[bytes[at] ?? 0] ?? NO_WORD)] ?? 0;
    if (one >= firstEnd) count = addEnd(count, one, at);
  }
  return count;
}

function addEnd(count: number, state: number, at: number): number {
  ends[count] = state;
  ends[count + 1] = at;
  return count + 2;
}

type Tries = { width: number; next: Uint32Array; found: ReadonlyArray<Set<number>> };

/** Aho and Corasick, https://doi.org/10.1145/360825.360855, with a row of next states for each state. */
function automatonOf(words: readonly string[]): Automaton {
  const letters = [...new Set(words.join(''))];
  const classes = new Uint8Array(256);
  letters.forEach((letter, index) => {
    classes[letter.charCodeAt(0)] = index + 1;
    classes[letter.toUpperCase().charCodeAt(0)] = index + 1;
  });
  const width = letters.length + 1;
  const states = words.join('').length + 1;
  const next = new Uint32Array(states * width);
  const found = Array.from({ length: states }, () => new Set<number>());
  let last = 0;
  words.forEach((word, index) => {
    let state = 0;
    for (const letter of word) {
      const at = state * width + (classes[letter.charCodeAt(0)] ?? NO_WORD);
      if (next[at] === 0) next[at] = last += 1;
      state = next[at] ?? 0;
    }
    found[state]?.add(index);
  });
  const order = addFallbacks({ width, next, found });
  return { classes, ...inOrder({ width, next, found }, order) };
}

/** Where a word does not go on, the longest end of what was read may begin another one. Returns the used states. */
function addFallbacks({ width, next, found }: Tries): number[] {
  const fallback = new Uint32Array(found.length);
  const open = [...next.subarray(0, width)].filter((state) => state > 0);
  for (const state of open) {
    const other = fallback[state] ?? 0;
    found[other]?.forEach((word) => found[state]?.add(word));
    for (let letter = 0; letter < width; letter += 1) {
      const at = state * width + letter;
      const otherwise = next[other * width + letter] ?? 0;
      const child = next[at] ?? 0;
      if (child > 0) {
        fallback[child] = otherwise;
        open.push(child);
      } else next.set([otherwise], at);
    }
  }
  return [0, ...open];
}

/** The same automaton with the states that end a word after all others; those that are often used stay together. */
function inOrder({ width, next, found }: Tries, states: readonly number[]): Omit<Automaton, 'classes'> {
  const isEnd = (state: number): boolean => (found[state]?.size ?? 0) > 0;
  const order = [...states.filter((state) => !isEnd(state)), ...states.filter(isEnd)];
  const places = new Uint16Array(found.length);
  order.forEach((state, place) => (places[state] = place));
  const shift = Math.ceil(Math.log2(width));
  const moved = new Uint16Array(order.length << shift);
  order.forEach((state, place) => {
    for (let letter = 0; letter < width; letter += 1)
      moved[(place << shift) | letter] = places[next[state * width + letter] ?? 0] ?? 0;
  });
  const ending = order.filter(isEnd);
  return {
    shift,
    next: moved,
    firstEnd: order.length - ending.length,
    found: ending.map((state) => [...(found[state] ?? [])]),
  };
}

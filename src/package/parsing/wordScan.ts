/** Classes of characters: all that are in no word are one. */
type Automaton = { classes: Uint8Array; width: number; next: Uint16Array; found: Uint32Array };

const NO_WORD = 0;
const lastAscii = 127;

/**
 * Looks in one pass for words of several lists, in any case: at most 31 lists, words of ASCII characters in lower case.
 * The answer has a bit for each list, the first one the lowest, that is set if the text contains one of its words, also
 * as a part of another word. A pattern for each list would read the text as often as there are lists.
 */
export function wordScan(lists: ReadonlyArray<readonly string[]>): (text: string) => number {
  const { classes, width, next, found } = automatonOf(lists);
  return (text) => {
    let state = 0;
    let bits = 0;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      state = next[state * width + (code > lastAscii ? NO_WORD : (classes[code] ?? NO_WORD))] ?? 0;
      bits |= found[state] ?? 0;
    }
    return bits;
  };
}

/** Aho and Corasick, https://doi.org/10.1145/360825.360855, with a row of next states for each state. */
function automatonOf(lists: ReadonlyArray<readonly string[]>): Automaton {
  const letters = [...new Set(lists.flat().join(''))];
  const classes = new Uint8Array(lastAscii + 1);
  letters.forEach((letter, index) => {
    classes[letter.charCodeAt(0)] = index + 1;
    classes[letter.toUpperCase().charCodeAt(0)] = index + 1;
  });
  const width = letters.length + 1;
  const states = lists.flat().join('').length + 1;
  const next = new Uint16Array(states * width);
  const found = new Uint32Array(states);
  let last = 0;
  lists.forEach((words, list) =>
    words.forEach((word) => {
      let state = 0;
      for (const letter of word) {
        const at = state * width + (classes[letter.charCodeAt(0)] ?? NO_WORD);
        if (next[at] === 0) next[at] = last += 1;
        state = next[at] ?? 0;
      }
      found[state] = (found[state] ?? 0) | (1 << list);
    })
  );
  const automaton = { classes, width, next, found };
  addFallbacks(automaton);
  return automaton;
}

/** Where a word does not go on, the longest end of what was read may begin another one. */
function addFallbacks(automaton: Automaton): void {
  const { next, found, width } = automaton;
  const fallback = new Uint16Array(found.length);
  const open = [...next.subarray(0, width)].filter((state) => state > 0);
  for (const state of open) {
    const other = fallback[state] ?? 0;
    found[state] = (found[state] ?? 0) | (found[other] ?? 0);
    for (let letter = 0; letter < width; letter += 1) {
      const at = state * width + letter;
      const otherwise = next[other * width + letter] ?? 0;
      const child = next[at] ?? 0;
      if (child > 0) {
        fallback[child] = otherwise;
        open.push(child);
      } else next[at] = otherwise;
    }
  }
}

import { parseRegExpLiteral, type AST } from '@eslint-community/regexpp';

/** The ends of what was matched so far, of those ways through a pattern that contain no word yet. */
type Ends = ReadonlySet<string>;

const NOTHING_KNOWN: Ends = new Set(['']);
/** Characters of one class, ways through a pattern, and repeats that are looked at; with more, less is known. */
const MOST_CHARACTERS = 26;
const MOST_WAYS = 5000;
const MOST_REPEATS = 4;
const LONGEST = 40;

/**
 * Whether whatever a pattern matches contains one of the words, in any case. The words are in lower case; one with `^` in
 * front has to be at the beginning of a word.
 */
export function needsOneOf(pattern: RegExp, words: readonly string[]): boolean {
  return through(parseRegExpLiteral(pattern).pattern.alternatives, NOTHING_KNOWN, words).size === 0;
}

function through(alternatives: readonly AST.Alternative[], before: Ends, words: readonly string[]): Ends {
  return union(
    alternatives.map(({ elements }) => elements.reduce((ends, element) => behind(element, ends, words), before))
  );
}

function behind(element: AST.Element, before: Ends, words: readonly string[]): Ends {
  if (before.size === 0) return before;
  switch (element.type) {
    case 'Assertion':
      if (element.kind === 'word' && !element.negate) return new Set([...before].map((end) => `${end}^`));
      // What stands before or behind is a part of the text, too.
      return (element.kind === 'lookahead' || element.kind === 'lookbehind') &&
        !element.negate &&
        through(element.alternatives, NOTHING_KNOWN, words).size === 0
        ? new Set()
        : before;
    case 'Character':
      return appended(before, [String.fromCodePoint(element.value)], words);
    case 'CharacterClass':
      return appended(before, charactersOf(element), words);
    case 'CapturingGroup':
    case 'Group':
      return through(element.alternatives, before, words);
    case 'Quantifier':
      return repeated(element, before, words);
    default:
      return NOTHING_KNOWN;
  }
}

function repeated({ element, min, max }: AST.Quantifier, before: Ends, words: readonly string[]): Ends {
  let ends = before;
  for (let time = 0; time < Math.min(min, MOST_REPEATS); time += 1) ends = behind(element, ends, words);
  if (ends.size === 0 || max === min) return min > MOST_REPEATS ? forgotten(ends) : ends;
  if (max - min > MOST_REPEATS) return union([ends, NOTHING_KNOWN]);
  const all = [ends];
  for (let time = min; time < max; time += 1) all.push(behind(element, all.at(-1) ?? ends, words));
  return union(all);
}

const forgotten = (ends: Ends): Ends => (ends.size === 0 ? ends : NOTHING_KNOWN);

/** `undefined`: too many to look at each. */
function charactersOf({ elements, negate }: AST.CharacterClass): readonly string[] | undefined {
  if (negate) return undefined;
  const found: string[] = [];
  for (const element of elements) {
    if (element.type === 'Character') found.push(String.fromCodePoint(element.value));
    else if (element.type === 'CharacterClassRange') {
      for (let code = element.min.value; code <= element.max.value; code += 1) found.push(String.fromCodePoint(code));
    } else return undefined;
  }
  return found.length > MOST_CHARACTERS ? undefined : found;
}

function appended(before: Ends, characters: readonly string[] | undefined, words: readonly string[]): Ends {
  if (characters === undefined || before.size * characters.length > MOST_WAYS) return NOTHING_KNOWN;
  const longer = [...before].flatMap((end) =>
    characters.map((character) => (end + character.toLowerCase()).slice(-LONGEST))
  );
  const contains = (end: string, word: string): boolean => end.endsWith(word) || end.replaceAll('^', '').endsWith(word);
  return new Set(longer.filter((end) => !words.some((word) => contains(end, word))));
}

function union(all: readonly Ends[]): Ends {
  return new Set(all.flatMap((ends) => [...ends]));
}

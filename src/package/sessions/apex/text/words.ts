/** Words of the language that are no names. The grammar takes all its other words as names where one is expected. */
export const reserved: ReadonlySet<string> = new Set(
  (
    'abstract break catch class continue delete do else enum extends false final finally for global if implements ' +
    'insert instanceof interface list map merge new null on override private protected public return static super ' +
    'testmethod this throw true try undelete update upsert virtual void webservice while'
  ).split(' ')
);

/** Modifiers of one word. */
export const modifierWords: ReadonlySet<string> = new Set(
  'abstract final global override private protected public static testmethod transient virtual webservice'.split(' ')
);

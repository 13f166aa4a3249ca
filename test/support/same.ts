type Plain<T> =
  T extends ReadonlyArray<infer Item>
    ? Array<Plain<Item>>
    : T extends object
      ? { -readonly [K in keyof T]: Plain<T[K]> }
      : T;
type Full<T> =
  T extends ReadonlyArray<infer Item>
    ? Array<Full<Item>>
    : T extends object
      ? { -readonly [K in keyof T]-?: Full<T[K]> }
      : T;
type Both<One, Other> = [One] extends [Other] ? ([Other] extends [One] ? true : false) : false;

/**
 * Whether two types hold the same data; `readonly` does not count. The second look, with every optional key required,
 * sees an optional key that only one of them has.
 */
export type Same<One, Other> = Both<Plain<One>, Plain<Other>> extends true ? Both<Full<One>, Full<Other>> : false;

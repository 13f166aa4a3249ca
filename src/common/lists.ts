/** Groups of values with the same key, in the order of their first values. */
export const groupsOf = <T>(values: Iterable<T>, keyOf: (value: T) => unknown): Array<[T, ...T[]]> =>
  // A group begins with the value that makes it.
  [...Map.groupBy(values, keyOf).values()] as Array<[T, ...T[]]>;

/** Below zero, zero or above, by UTF-16 code units: the same on every machine. */
export const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** Of the values with the same key the first one, unless a later one is better. */
export function firstOfEach<T>(
  values: readonly T[],
  keyOf: (value: T) => string,
  isBetter: (value: T, known: T) => boolean = () => false
): T[] {
  const first = new Map<string, T>();
  for (const value of values) {
    const key = keyOf(value);
    const known = first.get(key);
    if (known === undefined || isBetter(value, known)) first.set(key, value);
  }
  return [...first.values()];
}

/** Whether what is sure follows what is not. */
export function isSurer(value: { unsure?: string }, known: { unsure?: string }): boolean {
  return known.unsure !== undefined && value.unsure === undefined;
}

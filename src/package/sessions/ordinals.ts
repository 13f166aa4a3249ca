/** What has the same key gets a number from the second one on: `x`, `x #2`. */
export function withOrdinals<T extends { at: string }>(all: readonly T[], keyOf: (one: T) => string): T[] {
  const counts = new Map<string, number>();
  return all.map((one) => {
    const count = (counts.get(keyOf(one)) ?? 0) + 1;
    counts.set(keyOf(one), count);
    return count === 1 ? one : { ...one, at: `${one.at} #${count}` };
  });
}

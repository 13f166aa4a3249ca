/** Where a key may be missing, a source may send null for it. */
type Sparse<T> = { [K in keyof T]: undefined extends T[K] ? T[K] | null : T[K] };

/** The object without keys that have no value: facts and reports are kept as JSON, where such a key does not exist. */
export const defined = <T extends object>(value: Sparse<T>): T =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined && one !== null)) as T;

/** A function of an object that works out its answer once, and keeps it for as long as the object is used. */
export function oncePer<Key extends object, Answer>(workOut: (key: Key) => Answer): (key: Key) => Answer {
  const known = new WeakMap<Key, { answer: Answer }>();
  return (key) => {
    const kept = known.get(key) ?? { answer: workOut(key) };
    known.set(key, kept);
    return kept.answer;
  };
}

/** The candidate that was probably meant, if one is near: at most two letters, or a third of them, differ. */
export const closest = (text: string, candidates: readonly string[]): string | undefined => {
  let best: { candidate: string; distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = edits(text.toLowerCase(), candidate.toLowerCase());
    if (
      distance <= Math.max(2, candidate.length / 3) &&
      distance < candidate.length &&
      (best === undefined || distance < best.distance)
    ) {
      best = { candidate, distance };
    }
  }
  return best?.candidate;
};

/** Levenshtein: how many letters to insert, delete or replace. Long texts are never a typo of a short one. */
const edits = (one: string, other: string): number => {
  if (Math.abs(one.length - other.length) > other.length) return Number.POSITIVE_INFINITY;
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
};

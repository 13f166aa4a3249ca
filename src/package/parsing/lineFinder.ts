/** The line of an offset, counted from 1. */
export function lineFinder(code: string): (offset: number) => number {
  const ends = [...code.matchAll(/\r\n?|\n/g)].map(({ 0: end, index }) => index + end.length - 1);
  return (offset) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}

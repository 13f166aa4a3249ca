/** Releases of one year, in their order: Winter '27 comes before Spring '27. */
const seasons = ['winter', 'spring', 'summer'];

/**
 * Whether an org that runs one release has reached another: `Summer '27`, as the list of API versions labels them (REST
 * API Developer Guide, Versions). `undefined`: one of them is not the name of a release.
 */
export function hasReached(current: string | undefined, wanted: string): boolean | undefined {
  const [now, then] = [orderOf(current ?? ''), orderOf(wanted)];
  return now === undefined || then === undefined ? undefined : now >= then;
}

function orderOf(release: string): number | undefined {
  const [, season = '', year] = /^(Winter|Spring|Summer) ['’](\d\d)$/i.exec(release.trim()) ?? [];
  return year === undefined ? undefined : Number(year) * seasons.length + seasons.indexOf(season.toLowerCase());
}

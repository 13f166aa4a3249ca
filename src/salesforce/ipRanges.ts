import { ipVersion, parseIp, stringifyIp } from 'ip-bigint';

/**
 * A range of addresses, both ends included. IPv4 is mapped into IPv6 (::ffff:0:0/96), so that an IPv4-mapped address and
 * its IPv4 form are one address.
 */
export type Interval = { start: bigint; end: bigint };

/** All of IPv4. */
export const ipv4: Interval = { start: BigInt('0xffff00000000'), end: BigInt('0xffffffffffff') };

const position = (address: string): bigint | undefined => {
  // A zone (`fe80::1%eth0`) is a name within one machine.
  if (ipVersion(address) === 0 || address.includes('%')) return undefined;
  const { number, version } = parseIp(address);
  return version === 4 ? ipv4.start + number : number;
};

const holds = ({ start, end }: Interval, address: bigint): boolean => start <= address && address <= end;

/**
 * `undefined` for what is no range: an end that is no address, ends the wrong way round, or one end in IPv4 and the
 * other outside of it.
 */
export const interval = (from: string, to: string): Interval | undefined => {
  const start = position(from);
  const end = position(to);
  if (start === undefined || end === undefined || start > end) return undefined;
  return holds(ipv4, start) === holds(ipv4, end) ? { start, end } : undefined;
};

/** `198.51.100.0/24`, or one address. `undefined` for what is neither. */
export const cidrInterval = (text: string): Interval | undefined => {
  const [network = '', prefix, ...rest] = text.split('/');
  const address = position(network);
  const bits = ipVersion(network) === 4 ? 32 : 128;
  const length = prefix === undefined ? bits : Number(prefix);
  if (address === undefined || rest.length > 0 || prefix === '') return undefined;
  if (!Number.isInteger(length) || length < 0 || length > bits) return undefined;
  const span = 2n ** BigInt(bits - length);
  const start = (address / span) * span;
  return { start, end: start + span - 1n };
};

/** What can never be the source of a login over the internet: RFC 1918, RFC 6598, loopback, link-local, RFC 4193. */
const unroutable = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '::1',
  'fc00::/7',
  'fe80::/10',
].flatMap((block) => cidrInterval(block) ?? []);

export const isUnroutable = ({ start, end }: Interval): boolean =>
  unroutable.some((block) => holds(block, start) && holds(block, end));

/** The same addresses in the fewest intervals, in order; neighbours become one. */
export const mergeIntervals = (intervals: readonly Interval[]): Interval[] => {
  const merged: Interval[] = [];
  for (const next of [...intervals].sort((one, other) => (one.start < other.start ? -1 : 1))) {
    const last = merged.at(-1);
    if (last === undefined || next.start > last.end + 1n) merged.push({ ...next });
    else if (next.end > last.end) last.end = next.end;
  }
  return merged;
};

const size = ({ start, end }: Interval): bigint => end - start + 1n;

/** Whether one of the ranges, or several that overlap or touch, contains all of the addresses. */
export const isInRanges = ({ start, end }: Interval, ranges: readonly Interval[]): boolean =>
  mergeIntervals(ranges).some((range) => holds(range, start) && holds(range, end));

/**
 * What the registries have of IPv6: only a small part of 2000::/3 is allocated, and ranges that admit all of it admit the
 * internet. IANA, IPv6 Global Unicast Address Assignments; the blocks of 2001::/16 as one.
 */
export const allocatedIpv6: readonly Interval[] = [
  '2001::/16',
  '2002::/16',
  '2003::/18',
  '2400::/12',
  '2410::/12',
  '2600::/12',
  '2610::/23',
  '2620::/23',
  '2630::/12',
  '2800::/12',
  '2a00::/12',
  '2a10::/12',
  '2c00::/12',
].flatMap((block) => cidrInterval(block) ?? []);

/** Whether merged intervals have half of the blocks' addresses or more. */
export const holdHalf = (merged: readonly Interval[], blocks: readonly Interval[]): boolean => {
  const held = blocks.reduce((sum, block) => sum + sharedSize(merged, block), 0n);
  return held * 2n >= blocks.reduce((sum, block) => sum + size(block), 0n);
};

const sharedSize = (merged: readonly Interval[], block: Interval): bigint =>
  merged
    .map(({ start, end }) => ({
      start: start > block.start ? start : block.start,
      end: end < block.end ? end : block.end,
    }))
    .filter(({ start, end }) => start <= end)
    .reduce((sum, part) => sum + size(part), 0n);

/** Whether an interval contains more addresses than a network of the prefix length for its family. */
export const isWider = (range: Interval, prefix: { ipv4: number; ipv6: number }): boolean =>
  size(range) > 2n ** BigInt(holds(ipv4, range.start) ? 32 - prefix.ipv4 : 128 - prefix.ipv6);

const text = (address: bigint): string =>
  holds(ipv4, address)
    ? stringifyIp({ number: address - ipv4.start, version: 4 })
    : stringifyIp({ number: address, version: 6 });

export const rangeText = (range: Interval): string => Object.values(endsOf(range)).join('-');

/** Both ends as addresses. */
export function endsOf({ start, end }: Interval): { start: string; end: string } {
  return { start: text(start), end: text(end) };
}

/** The one CIDR range of exactly these addresses; `undefined` without such a range. */
export const cidrOf = (from: string, to: string): string | undefined => {
  const range = interval(from, to);
  if (range === undefined) return undefined;
  const bits = ipVersion(from) === 4 ? 32 : 128;
  const prefixes = Array.from({ length: bits + 1 }, (_, prefix) => `${from}/${prefix}`);
  return prefixes.find((cidr) => {
    const block = cidrInterval(cidr);
    return block?.start === range.start && block.end === range.end;
  });
};

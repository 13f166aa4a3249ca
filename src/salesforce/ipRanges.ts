import { ipVersion, parseIp, stringifyIp } from 'ip-bigint';

/**
 * A stretch of addresses, both ends included. IPv4 stands at its place among the IPv6 addresses (::ffff:0:0/96), so
 * that an IPv4-mapped address and its IPv4 form are one address.
 */
export type Interval = { start: bigint; end: bigint };

/** All of IPv4. */
export const ipv4: Interval = { start: BigInt('0xffff00000000'), end: BigInt('0xffffffffffff') };
/** 2000::/3, the part of IPv6 that the internet routes: RFC 4291, section 2.4. */
export const publicIpv6: Interval = { start: 2n ** 125n, end: 2n ** 126n - 1n };

const position = (address: string): bigint | undefined => {
  if (ipVersion(address) === 0) return undefined;
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
export const merge = (intervals: readonly Interval[]): Interval[] => {
  const merged: Interval[] = [];
  for (const next of [...intervals].sort((one, other) => (one.start < other.start ? -1 : 1))) {
    const last = merged.at(-1);
    if (last === undefined || next.start > last.end + 1n) merged.push({ ...next });
    else if (next.end > last.end) last.end = next.end;
  }
  return merged;
};

const size = ({ start, end }: Interval): bigint => end - start + 1n;

/** Whether one of the ranges, overlapping or not, or several that touch, holds all of the addresses. */
export const isWithin = ({ start, end }: Interval, ranges: readonly Interval[]): boolean =>
  merge(ranges).some((range) => holds(range, start) && holds(range, end));

/** Whether merged intervals hold half of a block or more. */
export const holdHalf = (merged: readonly Interval[], block: Interval): boolean => {
  const held = merged
    .map(({ start, end }) => ({
      start: start > block.start ? start : block.start,
      end: end < block.end ? end : block.end,
    }))
    .filter(({ start, end }) => start <= end)
    .reduce((sum, part) => sum + size(part), 0n);
  return held * 2n >= size(block);
};

/** Whether an interval holds more addresses than a network of the prefix length for its family. */
export const isWider = (range: Interval, prefix: { ipv4: number; ipv6: number }): boolean =>
  size(range) > 2n ** BigInt(holds(ipv4, range.start) ? 32 - prefix.ipv4 : 128 - prefix.ipv6);

const text = (address: bigint): string =>
  holds(ipv4, address)
    ? stringifyIp({ number: address - ipv4.start, version: 4 })
    : stringifyIp({ number: address, version: 6 });

export const rangeText = ({ start, end }: Interval): string => `${text(start)}-${text(end)}`;

/** The one CIDR range that holds exactly these addresses; `undefined` if there is none. */
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

/**
 * Addresses as the kernel and its tools write them. Everything here is total: what is no address gives null.
 */

/** "0A000A01:0050" → {10.0.10.1, 80}: /proc/net/tcp holds each 32-bit word in host byte order (little-endian). */
export function decodeHexSocket(text: string): { address: string; port: number } | null {
  const match = /^([0-9A-Fa-f]{8}|[0-9A-Fa-f]{32}):([0-9A-Fa-f]{1,4})$/.exec(text);
  if (!match?.[1] || !match[2]) return null;
  const bytes = match[1].match(/.{8}/g)?.flatMap((word) => word.match(/../g)?.reverse() ?? []) ?? [];
  const port = Number.parseInt(match[2], 16);
  const numbers = bytes.map((byte) => Number.parseInt(byte, 16));
  if (numbers.length === 4) return { address: numbers.join('.'), port };
  const groups = Array.from({ length: 8 }, (_, n) =>
    (((numbers[2 * n] ?? 0) << 8) | (numbers[2 * n + 1] ?? 0)).toString(16),
  );
  return { address: plainAddress(groups.join(':')), port };
}

/** "10.0.0.1:80", "[::1]:80", "10.0.0.1%eth0:68", "*:80" as `ss` prints them. "*" listens on every address. */
export function parseSocket(text: string): { address: string; port: number } | null {
  const match = /^(.+):(\d{1,5}|\*)$/.exec(text);
  if (!match?.[1] || !match[2]) return null;
  const port = match[2] === '*' ? 0 : Number(match[2]);
  if (port > 65535) return null;
  const bare = match[1].replace(/%.*$/, '').replace(/^\[(.*?)\].*$/, '$1');
  return bare === '' ? null : { address: bare === '*' ? '::' : plainAddress(bare), port };
}

/**
 * One spelling per address: IPv4 seen through an IPv6 socket (::ffff:10.0.10.1) is IPv4, and IPv6 is lower
 * case with its longest run of zeros left out (RFC 5952). Other text comes back as it is.
 */
export function plainAddress(text: string): string {
  const lower = text.toLowerCase();
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(lower);
  if (mapped?.[1]) return mapped[1];
  const groups = expandIpv6(lower);
  if (!groups) return text;
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    const [high = 0, low = 0] = groups.slice(6);
    return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  }
  return compressIpv6(groups);
}

function expandIpv6(text: string): number[] | null {
  if (!/^[0-9a-f:]+$/.test(text)) return null;
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const parse = (half: string) =>
    half === '' ? [] : half.split(':').map((group) => Number.parseInt(group, 16));
  const head = parse(halves[0] ?? '');
  const tail = parse(halves[1] ?? '');
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  const groups = [...head, ...Array<number>(Math.max(0, missing)).fill(0), ...tail];
  return groups.every((group) => group >= 0 && group <= 0xffff) ? groups : null;
}

function compressIpv6(groups: readonly number[]): string {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start += 1) {
    let length = 0;
    while (groups[start + length] === 0) length += 1;
    if (length > best.length) best = { start, length };
  }
  const hex = groups.map((group) => group.toString(16));
  if (best.length < 2) return hex.join(':');
  return `${hex.slice(0, best.start).join(':')}::${hex.slice(best.start + best.length).join(':')}`;
}

/** Does this address never leave its host? */
export function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}

function ipv4Number(text: string): number | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255))
    return null;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** Is the address the given one, or (IPv4) inside the given network "10.0.0.0/8"? */
export function matchesNetwork(address: string, network: string): boolean {
  const [base = '', bits] = network.split('/');
  if (bits === undefined) return plainAddress(base) === plainAddress(address);
  const length = Number(bits);
  const [one, other] = [ipv4Number(address), ipv4Number(base)];
  if (one === null || other === null || !/^\d{1,2}$/.test(bits) || length > 32) return false;
  const size = 2 ** (32 - length);
  return Math.floor(one / size) === Math.floor(other / size);
}

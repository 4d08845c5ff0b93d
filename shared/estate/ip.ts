/** An IP address as a number, so that networks can be compared. */
export interface Ip {
  family: 4 | 6;
  value: bigint;
}
export interface Network {
  family: 4 | 6;
  first: bigint;
  /** Length of the prefix in bits. */
  prefix: number;
}

/** Dotted IPv4, or IPv6 of RFC 4291 without zone. Leading zeros are refused: some tools read them as octal. */
export function parseIp(text: string): Ip | undefined {
  const v4 = parseV4(text);
  if (v4 !== undefined) return { family: 4, value: v4 };
  const v6 = parseV6(text);
  return v6 === undefined ? undefined : { family: 6, value: v6 };
}

function parseV4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((p) => /^(0|[1-9]\d{0,2})$/.test(p) && Number(p) <= 255))
    return undefined;
  return parts.reduce((sum, p) => sum * 256n + BigInt(p), 0n);
}

function parseV6(text: string): bigint | undefined {
  const tail = /^(.*:)(\d[\d.]*\.\d+)$/.exec(text);
  if (tail) {
    const v4 = parseV4(tail[2] ?? '');
    if (v4 === undefined) return undefined;
    return parseV6(`${tail[1]}${(v4 >> 16n).toString(16)}:${(v4 & 0xffffn).toString(16)}`);
  }
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], end = []] = halves.map((h) => (h === '' ? [] : h.split(':')));
  const gap = 8 - head.length - end.length;
  if (halves.length === 2 ? gap < 1 : gap !== 0) return undefined;
  const groups = [...head, ...Array.from({ length: gap }, () => '0'), ...end];
  if (!groups.every((g) => /^[0-9a-f]{1,4}$/i.test(g))) return undefined;
  return groups.reduce((sum, g) => sum * 65536n + BigInt(`0x${g}`), 0n);
}

/** "10.0.10.0/24". Undefined when it is none, or when bits are set behind the prefix. */
export function parseNetwork(text: string): Network | undefined {
  const [address = '', bits = '', ...rest] = text.split('/');
  const ip = parseIp(address);
  if (!ip || rest.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(bits)) return undefined;
  const prefix = Number(bits);
  const width = ip.family === 4 ? 32 : 128;
  if (prefix > width) return undefined;
  const hostBits = (1n << BigInt(width - prefix)) - 1n;
  return (ip.value & hostBits) === 0n ? { family: ip.family, first: ip.value, prefix } : undefined;
}

/** Is the address inside the network? */
export function contains(network: Network, ip: Ip): boolean {
  if (network.family !== ip.family) return false;
  const shift = BigInt((network.family === 4 ? 32 : 128) - network.prefix);
  return network.first >> shift === ip.value >> shift;
}

/** A DNS name of RFC 1123: what may stand where an address may. All digits and dots is a mistyped address. */
export const isHostName = (text: string): boolean =>
  text.length <= 253 &&
  !/^[\d.]+$/.test(text) &&
  text.split('.').every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(label));

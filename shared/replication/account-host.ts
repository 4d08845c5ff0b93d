/**
 * May an account with this host part log in from an IPv4 address? `%` and `_` as in LIKE, and `net/mask`
 * (MySQL manual, "Specifying Account Names"). A host name may mean any address: null.
 */
export function admits(hostPart: string, address: string): boolean | null {
  const pattern = hostPart.toLowerCase();
  if (pattern === '' || pattern === '%') return true;
  const slash = pattern.indexOf('/');
  if (slash >= 0) return inNetwork(pattern.slice(0, slash), pattern.slice(slash + 1), address);
  if (pattern === 'localhost') return address === '127.0.0.1' || address === '::1';
  if (!/^[0-9.%_]+$/.test(pattern)) return pattern === address ? true : null;
  const like = pattern.replaceAll('.', '\\.').replaceAll('%', '.*').replaceAll('_', '.');
  return new RegExp(`^${like}$`).test(address);
}

function inNetwork(net: string, mask: string, address: string): boolean | null {
  const bits = /^\d{1,2}$/.test(mask)
    ? Number(mask) === 0
      ? 0
      : (-1 << (32 - Number(mask))) >>> 0
    : numberOf(mask);
  const [network, host] = [numberOf(net), numberOf(address)];
  if (bits === null || network === null || host === null) return null;
  return (host & bits) >>> 0 === network;
}

function numberOf(address: string): number | null {
  const parts = address.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255))
    return null;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

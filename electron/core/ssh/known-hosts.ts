import { createHmac, timingSafeEqual } from 'node:crypto';
import { matchesPatterns } from './glob';
import { parseKeyBlob } from './key-blob';

/** One usable line of a known_hosts file (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). */
export interface KnownHost {
  line: number;
  marker: 'plain' | 'revoked' | 'cert-authority';
  /** The host field: patterns with commas, or one hashed name. */
  hosts: string;
  /** ssh-ed25519, ecdsa-sha2-nistp256, ssh-rsa … */
  type: string;
  key: Buffer;
}

/** match_pattern_list() in OpenSSH's match.c: 1024 with the terminating NUL. */
const LONGEST = 1022;
/** Of the salt of a hashed name: as long as an HMAC-SHA1. */
const SALT_BYTES = 20;
const MARKERS = { '@revoked': 'revoked', '@cert-authority': 'cert-authority' } as const;

/**
 * The lines that OpenSSH would use, read exactly as it does (hostfile.c, hostkeys_foreach_file): only blanks and tabs
 * separate, one marker, and a line with anything broken before or in the key counts for nothing.
 */
export function parseKnownHosts(text: string): KnownHost[] {
  return text.split('\n').flatMap((raw, index) => {
    const entry = parseLine(raw);
    return entry ? [{ line: index + 1, ...entry }] : [];
  });
}

function parseLine(raw: string): Omit<KnownHost, 'line'> | null {
  const line = (raw.split('\0', 1)[0] ?? '').replace(/^[ \t]+/, '');
  if (line === '' || line.startsWith('#')) return null;
  let rest = line;
  let marker: KnownHost['marker'] = 'plain';
  if (line.startsWith('@')) {
    // The marker ends at the first blank of the line; only in a line without any, at a tab.
    const end = line.includes(' ') ? line.indexOf(' ') : line.indexOf('\t');
    const word = line.slice(0, end);
    if (word !== '@revoked' && word !== '@cert-authority') return null;
    marker = MARKERS[word];
    rest = line.slice(end).replace(/^[ \t]+/, '');
    if (rest.startsWith('@')) return null;
  }
  const [hosts, type, blob] = rest.split(/[ \t]+/);
  const key = hosts && type && blob ? parseKeyBlob(type, blob) : null;
  return hosts && type && key ? { marker, hosts, type, key } : null;
}

/** ASCII alone, as OpenSSH: no letter of another script may turn into one of a name. */
const lower = (text: string): string => text.replace(/[A-Z]+/g, (some) => some.toLowerCase());

/** The name under which a host stands in known_hosts. */
export const hostToken = (host: string, port: number): string =>
  lower(port === 22 ? host : `[${host}]:${port}`);

export function matchesHost(entry: Pick<KnownHost, 'hosts'>, token: string): boolean {
  if (entry.hosts.startsWith('|')) return matchesHashed(entry.hosts, token);
  const patterns = lower(entry.hosts).split(',');
  // OpenSSH gives up on the list at a pattern that it has no room for.
  return patterns.every((one) => one.replace(/^!/, '').length <= LONGEST) && matchesPatterns(patterns, token);
}

/** "|1|salt|hash": HMAC-SHA1 of the name with the salt as key. */
export const hashToken = (token: string, salt: Buffer): string =>
  `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(token).digest('base64')}`;

function matchesHashed(hosts: string, token: string): boolean {
  const [, version, salt, hash] = hosts.split('|');
  if (version !== '1' || !salt || !hash) return false;
  const bytes = Buffer.from(salt, 'base64');
  if (bytes.length !== SALT_BYTES) return false;
  const want = Buffer.from(hosts);
  const got = Buffer.from(hashToken(token, bytes));
  return want.length === got.length && timingSafeEqual(want, got);
}

import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { matchesPatterns } from './glob';

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

const MARKERS = { '@revoked': 'revoked', '@cert-authority': 'cert-authority' } as const;

/** Lines that OpenSSH would not use (other markers, broken keys) are left out, as it does. */
export function parseKnownHosts(text: string): KnownHost[] {
  const entries: KnownHost[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const fields = raw.trim().split(/[ \t]+/);
    const first = fields[0] ?? '';
    if (first === '' || first.startsWith('#')) continue;
    let marker: KnownHost['marker'] = 'plain';
    if (first.startsWith('@')) {
      if (first !== '@revoked' && first !== '@cert-authority') continue;
      marker = MARKERS[first];
      fields.shift();
    }
    const [hosts, type, blob] = fields;
    const key = hosts && type && blob ? parseKeyBlob(type, blob) : null;
    if (hosts && type && key) entries.push({ line: index + 1, marker, hosts, type, key });
  }
  return entries;
}

/** The key of "TYPE BASE64", or null when it is no key of that type. */
export function parseKeyBlob(type: string, blob: string): Buffer | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(blob)) return null;
  const key = Buffer.from(blob, 'base64');
  return typeOfKey(key) === type ? key : null;
}

/** The type that a key itself states (RFC 4253 section 6.6), or '' when it is none. */
export function typeOfKey(key: Buffer): string {
  if (key.length < 4) return '';
  const length = key.readUInt32BE(0);
  return length <= 64 && key.length >= 4 + length ? key.toString('latin1', 4, 4 + length) : '';
}

/** SHA256:… as ssh-keygen -l prints it. */
export const fingerprintOf = (key: Buffer): string =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;

/** The name under which a host stands in known_hosts. */
export const hostToken = (host: string, port: number): string =>
  (port === 22 ? host : `[${host}]:${port}`).toLowerCase();

export function matchesHost(entry: Pick<KnownHost, 'hosts'>, token: string): boolean {
  if (entry.hosts.startsWith('|')) return matchesHashed(entry.hosts, token);
  return matchesPatterns(entry.hosts.toLowerCase().split(','), token);
}

/** "|1|salt|hash": HMAC-SHA1 of the name with the salt as key. */
export const hashToken = (token: string, salt: Buffer): string =>
  `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(token).digest('base64')}`;

function matchesHashed(hosts: string, token: string): boolean {
  const [, version, salt, hash] = hosts.split('|');
  if (version !== '1' || !salt || !hash) return false;
  const want = Buffer.from(hosts);
  const got = Buffer.from(hashToken(token, Buffer.from(salt, 'base64')));
  return want.length === got.length && timingSafeEqual(want, got);
}

import { randomBytes } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { Failure } from '@shared/errors';
import { readIfThere, writeAtomic } from '../stores/atomic-file';
import { decideHostKey } from './host-key';
import { hashToken, hostToken, parseKnownHosts } from './known-hosts';
import type { PresentedHostKey } from './scan-host-key';

/**
 * Adds a host's key to a known_hosts file, because a person said so. Never replaces: a key that differs from
 * the record stays E_HOSTKEY_CHANGED until a person removes the old line, a revoked one stays refused. The
 * new file is complete before it takes the old one's name; names are hashed where all others are.
 * @returns false when the key was there already.
 * @throws Failure E_HOSTKEY_CHANGED, E_HOSTKEY_REVOKED, E_STORE_WRITE
 */
export async function recordHostKey(
  file: string,
  host: { hostId: string; host: string; port: number },
  presented: PresentedHostKey,
): Promise<boolean> {
  const path = await realpath(file).catch(() => file);
  const text = (await readIfThere(path)) ?? '';
  const entries = parseKnownHosts(text);
  const decision = decideHostKey({ ...host, sources: [{ name: file, entries }] }, presented.key);
  if (!(decision instanceof Failure)) return false;
  const { code } = decision.error;
  if (code !== 'E_HOSTKEY_UNKNOWN' && code !== 'E_HOSTKEY_CA_ONLY') throw decision;

  const token = hostToken(host.host, host.port);
  const hashed = entries.length > 0 && entries.every((entry) => entry.hosts.startsWith('|'));
  const name = hashed ? hashToken(token, randomBytes(20)) : token;
  const line = `${name} ${presented.type} ${presented.key.toString('base64')}\n`;
  const gap = text === '' || text.endsWith('\n') ? '' : '\n';
  await writeAtomic(path, `${text}${gap}${line}`);
  return true;
}

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { failure, systemText } from '../net/failure';
import type { Paths } from '../ports';
import type { TrustQuestion, TrustSource } from './host-key';
import { parseKeyBlob } from './key-blob';
import { type KnownHost, parseKnownHosts } from './known-hosts';
import type { SshHop } from './target';

/**
 * The records on which a hop's key is judged: the estate's own keys, then the known_hosts that the estate
 * names, else the person's. Read anew for each connection, so that a correction counts at once.
 * @throws Failure E_HOSTKEY_FILE. Only the person's own file may be missing.
 */
export async function trustFor(
  hop: SshHop,
  context: { estateDir: string; paths: Paths },
): Promise<TrustQuestion> {
  const sources: TrustSource[] = [];
  if (hop.hostKeys.length > 0) sources.push({ name: 'estate', entries: estateKeys(hop) });
  const file = knownHostsOf(hop, context.estateDir, context.paths);
  const mayBeMissing = hop.knownHosts === undefined;
  const text = await readFile(file, 'utf8').catch((thrown: unknown) => {
    if (mayBeMissing && systemText(thrown) === 'ENOENT') return '';
    throw failure('E_HOSTKEY_FILE', hop.hostId, { file, text: systemText(thrown) });
  });
  sources.push({ name: file, entries: parseKnownHosts(text) });
  return { hostId: hop.hostId, host: hop.host, port: hop.port, sources };
}

/** The file that records this hop's key. */
export const knownHostsOf = (hop: SshHop, estateDir: string, paths: Paths): string =>
  hop.knownHosts === undefined ? paths.knownHosts : resolve(estateDir, hop.knownHosts);

/** "ssh-ed25519 AAAA…" as entries that match this host under any name. */
function estateKeys(hop: SshHop): KnownHost[] {
  return hop.hostKeys.map((line, index) => {
    const [type, blob] = line.trim().split(/\s+/);
    const key = type && blob ? parseKeyBlob(type, blob) : null;
    if (!type || !key)
      throw failure('E_HOSTKEY_FILE', hop.hostId, {
        file: 'hostKeys',
        text: `entry ${index + 1} is no public key`,
      });
    return { line: index + 1, marker: 'plain', hosts: '*', type, key };
  });
}

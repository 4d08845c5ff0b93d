import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from '../engine/errors';
import { gatesOf } from '../engine/gates';
import type { Lab } from '../engine/lab';
import { upperOf } from '../engine/paths';

const TYPES = ['ed25519', 'ecdsa'] as const;

/** A host's own public keys, `ssh-ed25519 AAAA…` first. @throws LabError E_HOST_KEY */
export async function hostKeys(lab: Pick<Lab, 'paths'>, host: string): Promise<string[]> {
  const folder = join(upperOf(lab.paths, host), 'etc/ssh');
  const keys = TYPES.map(async (type) => {
    const text = await readFile(join(folder, `ssh_host_${type}_key.pub`), 'utf8').catch(() => '');
    const [kind, body] = text.trim().split(' ');
    if (!kind || !body) throw new LabError('E_HOST_KEY', `${host} has no ${type} host key`);
    return `${kind} ${body}`;
  });
  return Promise.all(keys);
}

/** The known_hosts file of all gates, as OpenSSH and ansible read it. */
export async function knownHosts(lab: Pick<Lab, 'paths' | 'spec' | 'config'>): Promise<string> {
  const lines: string[] = [];
  for (const gate of gatesOf(lab)) {
    const name = gate.port === 22 ? gate.address : `[${gate.address}]:${gate.port}`;
    for (const key of await hostKeys(lab, gate.host)) lines.push(`${name} ${key}`);
  }
  return `${lines.join('\n')}\n`;
}

export function knownHostsFile(lab: Pick<Lab, 'paths'>): string {
  return join(lab.paths.estate, 'known_hosts');
}

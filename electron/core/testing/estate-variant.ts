import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse, stringify } from 'yaml';

/** An estate file as plain data, before any check: a test may make it as wrong as it likes. */
export interface RawEstate {
  hosts: { id: string; address: string; ssh: Record<string, unknown> }[];
  services: { id: string; sql?: { host?: string; credentials: { read: Record<string, unknown> } } }[];
  [key: string]: unknown;
}

/** Writes `<name>.yaml` into `folder`: the estate of `source`, changed; keys set to undefined are left out. Its path. */
export async function estateVariant(
  source: string,
  folder: string,
  name: string,
  change: (estate: RawEstate) => void | Promise<void>,
): Promise<string> {
  const estate = parse(await readFile(source, 'utf8')) as RawEstate;
  await change(estate);
  const file = path.join(folder, `${name}.yaml`);
  await writeFile(file, stringify(estate), { mode: 0o600 });
  return file;
}

/** The `ssh` of one host, to be changed in place. */
export function sshOf(estate: RawEstate, host: string): Record<string, unknown> {
  const found = estate.hosts.find((one) => one.id === host);
  if (!found) throw new Error(`the estate has no host ${host}`);
  return found.ssh;
}

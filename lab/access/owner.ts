import { chmod, chown, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { usageError } from '../engine/errors';
import type { Lab } from '../engine/lab';
import { keyFile, SSH_PASSWORD_SECRET, SSH_USERS, secretFile } from './secrets';

/** Who may read the estate file, the client keys and the console's passwords. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** `UID:GID`. @throws LabError E_USAGE */
export function parseOwner(text: string): Owner {
  const match = /^(\d+):(\d+)$/.exec(text);
  if (!match) throw usageError(`--owner wants UID:GID in numbers, not "${text}"`);
  return { uid: Number(match[1]), gid: Number(match[2]) };
}

export const ROOT: Owner = { uid: 0, gid: 0 };

/** The person behind sudo, if any. */
export function personBehindSudo(env: NodeJS.ProcessEnv = process.env): Owner | undefined {
  const [uid, gid] = [Number(env.SUDO_UID), Number(env.SUDO_GID)];
  return Number.isInteger(uid) && uid > 0 && Number.isInteger(gid) ? { uid, gid } : undefined;
}

/** Gives the console's part of the base to `owner`; everything else stays root's. */
export async function giveTo(lab: Pick<Lab, 'paths' | 'spec'>, owner: Owner): Promise<void> {
  const { base, hosts, state, cut, estate, keys, secrets } = lab.paths;
  for (const folder of [base, keys, secrets]) await chmod(folder, 0o755);
  for (const folder of [hosts, state, cut]) await chmod(folder, 0o700); // shadow files and databases lie below
  const names = [SSH_PASSWORD_SECRET, ...lab.spec.secrets.filter((s) => s.console).map((s) => s.name)];
  const files = [
    ...names.map((name) => secretFile(lab.paths, name)),
    ...Object.values(SSH_USERS).flatMap((user) => [
      keyFile(lab.paths, user),
      `${keyFile(lab.paths, user)}.pub`,
    ]),
    estate,
    ...(await readdir(estate)).map((name) => join(estate, name)),
  ];
  for (const file of files) await chown(file, owner.uid, owner.gid);
}

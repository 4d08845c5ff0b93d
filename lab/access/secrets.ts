import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lab } from '../engine/lab';
import type { LabPaths } from '../engine/paths';
import { run } from '../engine/run';

/** The two SSH accounts with a key, on every host. */
export const SSH_USERS = { watch: 'patronus-watch', act: 'patronus-act' } as const;
/** A third one with a password and no key, to try passwords with. */
export const SSH_PASSWORD_USER = 'patronus-pw';
export const SSH_PASSWORD_SECRET = 'ssh-password';

/** Makes the client keys and the random passwords of a new base; what exists is kept. All files are 0600. */
export async function makeAccess(lab: Pick<Lab, 'paths' | 'spec'>): Promise<void> {
  await mkdir(lab.paths.keys, { recursive: true, mode: 0o755 });
  await mkdir(lab.paths.secrets, { recursive: true, mode: 0o755 });
  await Promise.all(Object.values(SSH_USERS).map((user) => makeKey(lab.paths, user)));
  for (const name of [SSH_PASSWORD_SECRET, ...lab.spec.secrets.map((s) => s.name)])
    await makeSecret(lab.paths, name);
}

export function secretFile(paths: LabPaths, name: string): string {
  return join(paths.secrets, name);
}

export function keyFile(paths: LabPaths, user: string): string {
  return join(paths.keys, user);
}

/** The secret's text, without a line end. */
export async function readSecret(paths: LabPaths, name: string): Promise<string> {
  return (await readFile(secretFile(paths, name), 'utf8')).trim();
}

/** Written aside and renamed: a killed `up` leaves no half secret behind. */
async function makeSecret(paths: LabPaths, name: string): Promise<void> {
  const file = secretFile(paths, name);
  if (existsSync(file)) return;
  await rm(`${file}.new`, { force: true });
  await writeFile(`${file}.new`, `${randomBytes(18).toString('base64url')}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

async function makeKey(paths: LabPaths, user: string): Promise<void> {
  const file = keyFile(paths, user);
  if (existsSync(file) && existsSync(`${file}.pub`)) return;
  for (const stale of [file, `${file}.pub`, `${file}.new`, `${file}.new.pub`])
    await rm(stale, { force: true });
  await run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', `${user}@lab`, '-f', `${file}.new`]);
  await chmod(`${file}.new`, 0o600);
  await rename(`${file}.new.pub`, `${file}.pub`);
  await rename(`${file}.new`, file);
}

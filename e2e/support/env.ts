import { chownSync } from 'node:fs';
import { resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

const needed = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run these tests by npm test -- --suite e2e`);
  return value;
};
const number = (text: string | undefined): number | null => (text === undefined ? null : Number(text));

/** What scripts/lib/e2e-launcher.mjs prepared. */
export const env = {
  /** The folder of the built app. */
  app: () => needed('PATRONUS_E2E_APP'),
  /** Where the console's user may write. */
  data: () => needed('PATRONUS_E2E_DATA'),
  /** A launcher that becomes the unprivileged user; undefined: the runtime's own program. */
  electron: process.env.PATRONUS_E2E_ELECTRON,
  uid: number(process.env.PATRONUS_E2E_UID),
  gid: number(process.env.PATRONUS_E2E_GID),
  /** Where the lab of this run lies; global-setup.ts sets it. */
  lab: () => needed('PATRONUS_E2E_LAB'),
};

/** Files and folders that a test makes belong to the user under which the console runs. */
export function giveToConsole(...files: string[]): void {
  if (env.uid === null || env.gid === null) return;
  for (const file of files) chownSync(file, env.uid, env.gid);
}

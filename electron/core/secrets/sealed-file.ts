import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { SecretId } from '@shared/secrets/schema';
import { z } from 'zod';
import { failure } from '../net/failure';
import { readIfThere, writeAtomic } from '../stores/atomic-file';
import { withFileLock } from '../stores/file-lock';
import { Hex, Kdf, Sealed, seal, unseal } from './crypt';

/**
 * The file of the vault and of the keyring: names in clear, secrets sealed one by one under one key. They differ
 * only in where that key comes from: a passphrase, or the operating system, which hands it out sealed its own way.
 */
const Entry = z.strictObject({ ...SecretId.shape, since: z.number(), ...Sealed.shape });
type Entry = z.infer<typeof Entry>;

const KeySource = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('passphrase'), kdf: Kdf }),
  z.strictObject({ by: z.literal('keyring'), wrapped: Hex }),
]);
type KeySource = z.infer<typeof KeySource>;

const SealedFile = z.strictObject({
  format: z.literal('patronus-secrets'),
  version: z.literal(1),
  key: KeySource,
  /** Sealed with the key: tells another key from a right one. */
  verifier: Sealed,
  /** Digest of what stands above: tells a damaged file from a wrong passphrase. It protects nothing. */
  check: Hex.length(64),
  entries: z.array(Entry),
});
export type SealedFile = z.infer<typeof SealedFile>;

const VERIFIED = 'patronus-secrets 1';
const besideOf = ({ estateFile, name, since }: SecretId & { since: number }) =>
  JSON.stringify([1, estateFile, name, since]);
const checkOf = (key: KeySource, verifier: Sealed) =>
  createHash('sha256')
    .update(JSON.stringify(['patronus-secrets', 1, key, verifier]))
    .digest('hex');
const isAbout = (id: SecretId) => (entry: SecretId) =>
  entry.name === id.name && entry.estateFile === id.estateFile;

/** An empty file for a key. */
export function newSealedFile(key: Buffer, source: KeySource): SealedFile {
  const verifier = seal(key, VERIFIED, '');
  const check = checkOf(source, verifier);
  return { format: 'patronus-secrets', version: 1, key: source, verifier, check, entries: [] };
}

export const entryOf = (sealed: SealedFile, id: SecretId): Entry | undefined =>
  sealed.entries.find(isAbout(id));

export function withEntry(sealed: SealedFile, key: Buffer, id: SecretId, text: string, since: number) {
  const { estateFile, name } = id;
  const head = { estateFile, name, since };
  const entry: Entry = { ...head, ...seal(key, besideOf(head), text) };
  return { ...sealed, entries: [...sealed.entries.filter((one) => !isAbout(id)(one)), entry] };
}

export const withoutEntry = (sealed: SealedFile, id: SecretId): SealedFile => ({
  ...sealed,
  entries: sealed.entries.filter((one) => !isAbout(id)(one)),
});

/** Is this the key that the file was made with? */
export const fits = (sealed: SealedFile, key: Buffer): boolean =>
  unseal(key, VERIFIED, sealed.verifier) !== null;

/**
 * The secret of an entry.
 * @throws Failure E_VAULT_DAMAGED: it is not what was written. There is no other way to read it.
 */
export function openEntry(file: string, key: Buffer, entry: Entry): string {
  const text = unseal(key, besideOf(entry), entry);
  if (text === null) throw damaged(file, entry.name);
  return text;
}

const damaged = (file: string, name: string) => failure('E_VAULT_DAMAGED', null, { file, name });

/**
 * Reads the file; null when there is none.
 * @throws Failure E_VAULT_DAMAGED, E_SECRET_MODE (open to others), E_STORE_READ
 */
export async function readSealedFile(file: string): Promise<SealedFile | null> {
  const text = await readIfThere(file);
  if (text === null) return null;
  await refuseOpenToOthers(file);
  const parsed = SealedFile.safeParse(jsonOf(text));
  // One spelling for each content: a changed byte that means the same is damage, too.
  if (!parsed.success || print(parsed.data) !== text) throw damaged(file, '');
  const { key, verifier, check } = parsed.data;
  if (checkOf(key, verifier) !== check) throw damaged(file, '');
  return parsed.data;
}

async function refuseOpenToOthers(file: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(file, 'r');
  const { mode } = await handle.stat().finally(() => handle.close());
  if ((mode & 0o077) !== 0)
    throw failure('E_VAULT_MODE', null, { file, mode: (mode & 0o777).toString(8).padStart(4, '0') });
}

/**
 * Changes the file as one step, also against other consoles: nobody writes between its being read and written.
 * `change` gives null to leave it as it is.
 */
export function changeSealedFile(
  file: string,
  change: (sealed: SealedFile | null) => SealedFile | null | Promise<SealedFile | null>,
): Promise<void> {
  return withFileLock(`${file}.lock`, async () => {
    const after = await change(await readSealedFile(file));
    if (after) await writeAtomic(file, print(after));
  });
}

/** Keys in the order of the schema, which parsing restores. */
const print = (sealed: SealedFile): string => `${JSON.stringify(sealed)}\n`;

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

import { stat, utimes, writeFile } from 'node:fs/promises';
import { MIN_PASSPHRASE, type SecretId } from '@shared/secrets/schema';
import { failure } from '../net/failure';
import type { Clock } from '../ports';
import { type DeriveKey, deriveKey, newKdf } from './crypt';
import {
  changeSealedFile,
  entryOf,
  fits,
  newSealedFile,
  openEntry,
  readSealedFile,
  type SealedFile,
  withEntry,
  withoutEntry,
} from './sealed-file';
import { Secret } from './secret';

/** Secrets under a passphrase, in one file. Its key is in memory between `unlock` and `lock`, and nowhere else. */
export interface Vault {
  /** Rejects with E_VAULT_DAMAGED, E_VAULT_MODE, E_STORE_READ. */
  state(): Promise<'none' | 'locked' | 'open'>;
  /** Names, also of a locked vault. */
  list(): Promise<(SecretId & { since: number })[]>;
  /** Rejects with E_VAULT_EXISTS, E_VAULT_WEAK. Open afterwards. */
  create(passphrase: string): Promise<void>;
  /** Rejects with E_VAULT_NONE, E_VAULT_PASSPHRASE (wrong), E_VAULT_DAMAGED (nothing of it is used). */
  unlock(passphrase: string): Promise<void>;
  /** Zeroes the key. */
  lock(): void;
  /** Null: it is not kept here. Rejects with E_VAULT_LOCKED, E_VAULT_DAMAGED. */
  get(id: SecretId): Promise<Secret | null>;
  /** Rejects with E_VAULT_LOCKED. */
  set(id: SecretId, secret: Secret): Promise<void>;
  /** Needs no passphrase: who may write the file could remove it all anyway. */
  delete(id: SecretId): Promise<void>;
  /** A person used it: the time until it locks itself begins anew. */
  touch(): void;
}

export interface VaultOptions {
  file: string;
  clock: Clock;
  /** Milliseconds without use by a person. */
  idleMs(): Promise<number>;
  /** It was locked or opened. */
  onChange(): void;
  derive?: DeriveKey;
}

/** How often an open vault looks whether it must lock. */
const CHECK_MS = 2_000;

interface Open {
  key: Buffer;
  /** The key source of the file that the key belongs to: another file under the same name is not open. */
  source: string;
  closing: AbortController;
}

export function createVault({ file, clock, idleMs, onChange, derive = deriveKey }: VaultOptions): Vault {
  let open: Open | null = null;
  let usedAt = 0;

  const sourceOf = ({ key }: SealedFile) => JSON.stringify(key);
  const keyFor = (sealed: SealedFile): Buffer => {
    if (open?.source !== sourceOf(sealed)) throw failure('E_VAULT_LOCKED', null);
    return open.key;
  };

  function lock(): void {
    if (!open) return;
    const { key, closing } = open;
    open = null;
    key.fill(0);
    closing.abort();
    onChange();
  }

  async function become(key: Buffer, sealed: SealedFile): Promise<void> {
    lock();
    const mine: Open = { key, source: sourceOf(sealed), closing: new AbortController() };
    open = mine;
    usedAt = clock.monotonic();
    void lockInTime(mine, await idleMs(), clock.now());
    onChange();
  }

  async function lockInTime(mine: Open, idle: number, since: number): Promise<void> {
    while (open === mine) {
      await clock.sleep(Math.min(CHECK_MS, idle), mine.closing.signal);
      const isIdle = clock.monotonic() - usedAt >= idle;
      if (open === mine && (isIdle || (await lockAskedAt(file)) > since)) lock();
    }
  }

  return {
    async state() {
      const sealed = await readSealedFile(file);
      if (!sealed) return 'none';
      return open?.source === sourceOf(sealed) ? 'open' : 'locked';
    },
    async list() {
      const sealed = await readSealedFile(file);
      return (sealed?.entries ?? []).map(({ estateFile, name, since }) => ({ estateFile, name, since }));
    },
    async create(passphrase) {
      if ([...passphrase].length < MIN_PASSPHRASE)
        throw failure('E_VAULT_WEAK', null, { limit: `${MIN_PASSPHRASE}` });
      const kdf = newKdf();
      const key = await derive(passphrase, kdf);
      const made = newSealedFile(key, { by: 'passphrase', kdf });
      await changeSealedFile(file, (there) => {
        if (there) throw failure('E_VAULT_EXISTS', null, { file });
        return made;
      });
      await become(key, made);
    },
    async unlock(passphrase) {
      const sealed = await readSealedFile(file);
      if (sealed?.key.by !== 'passphrase') throw failure('E_VAULT_NONE', null);
      const key = await derive(passphrase, sealed.key.kdf);
      try {
        if (!fits(sealed, key)) throw failure('E_VAULT_PASSPHRASE', null);
        // Damage shows now, to the person who unlocks it, and not at some login later.
        for (const entry of sealed.entries) openEntry(file, key, entry);
      } catch (thrown) {
        key.fill(0);
        throw thrown;
      }
      await become(key, sealed);
    },
    lock,
    async get(id) {
      const sealed = await readSealedFile(file);
      const entry = sealed && entryOf(sealed, id);
      return entry ? new Secret(openEntry(file, keyFor(sealed), entry)) : null;
    },
    set: (id, secret) =>
      changeSealedFile(file, (sealed) => {
        if (!sealed) throw failure('E_VAULT_NONE', null);
        return withEntry(sealed, keyFor(sealed), id, secret.reveal(), clock.now());
      }),
    delete: (id) => changeSealedFile(file, (sealed) => sealed && withoutEntry(sealed, id)),
    touch() {
      usedAt = clock.monotonic();
    },
  };
}

const requestOf = (file: string) => `${file}.locked`;

/** Asks every console that has this vault open to lock it: each looks every two seconds. */
export async function askToLock(file: string, clock: Clock): Promise<void> {
  const at = clock.now() / 1000;
  await writeFile(requestOf(file), '', { mode: 0o600 }).catch(() => {
    throw failure('E_STORE_WRITE', null, { file: requestOf(file) });
  });
  await utimes(requestOf(file), at, at);
}

/** Epoch milliseconds; 0 when nobody ever asked. */
const lockAskedAt = (file: string): Promise<number> =>
  stat(requestOf(file)).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );

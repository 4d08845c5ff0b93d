import { randomBytes } from 'node:crypto';
import type { KeyringTrouble, SecretId, Secrets } from '@shared/secrets/schema';
import { failure } from '../net/failure';
import type { Clock } from '../ports';
import { KEY_BYTES } from './crypt';
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

/** What the operating system does for us: seals one short text so that only this person, on this computer, opens it. */
export interface SystemKeyring {
  availability(): Promise<Secrets['keyring']>;
  wrap(text: string): Promise<Buffer>;
  /** Rejects when the keyring does not give it back. */
  unwrap(wrapped: Buffer): Promise<string>;
}

/** For a program that the operating system's keyring does not know, such as the command line. */
export const noKeyring = (why: KeyringTrouble): SystemKeyring => {
  const refuse = async () => {
    throw failure('E_SECRET_KEYRING', null, { what: why });
  };
  return { availability: async () => ({ usable: false, why }), wrap: refuse, unwrap: refuse };
};

/**
 * Secrets under a key that the operating system's keyring guards. Only that key goes through the keyring: what
 * some keyrings do to a text is not authenticated, what we do with the key is.
 */
export interface KeyringPlace {
  availability(): Promise<Secrets['keyring']>;
  list(): Promise<(SecretId & { since: number })[]>;
  /** Null: it is not kept here. Rejects with E_SECRET_KEYRING, E_VAULT_DAMAGED. */
  get(id: SecretId): Promise<Secret | null>;
  set(id: SecretId, secret: Secret): Promise<void>;
  delete(id: SecretId): Promise<void>;
}

export function createKeyringPlace(file: string, system: SystemKeyring, clock: Clock): KeyringPlace {
  async function mustBeUsable(): Promise<void> {
    const state = await system.availability();
    if (!state.usable) throw failure('E_SECRET_KEYRING', null, { what: state.why });
  }

  /** The key is in memory for as long as `use` takes. */
  async function withKey<T>(sealed: SealedFile, use: (key: Buffer) => T): Promise<T> {
    await mustBeUsable();
    const { key: source } = sealed;
    if (source.by !== 'keyring') throw failure('E_VAULT_DAMAGED', null, { file, name: '' });
    const text = await system.unwrap(Buffer.from(source.wrapped, 'hex')).catch(() => {
      throw failure('E_SECRET_KEYRING', null, { what: 'unavailable' });
    });
    const key = Buffer.from(text, 'hex');
    try {
      if (key.length !== KEY_BYTES || !fits(sealed, key))
        throw failure('E_SECRET_KEYRING', null, { what: 'unavailable' });
      return use(key);
    } finally {
      key.fill(0);
    }
  }

  async function fresh(): Promise<SealedFile> {
    await mustBeUsable();
    const key = randomBytes(KEY_BYTES);
    try {
      const wrapped = (await system.wrap(key.toString('hex'))).toString('hex');
      return newSealedFile(key, { by: 'keyring', wrapped });
    } finally {
      key.fill(0);
    }
  }

  return {
    availability: () => system.availability(),
    async list() {
      const sealed = await readSealedFile(file);
      return (sealed?.entries ?? []).map(({ estateFile, name, since }) => ({ estateFile, name, since }));
    },
    async get(id) {
      const sealed = await readSealedFile(file);
      const entry = sealed && entryOf(sealed, id);
      return entry ? withKey(sealed, (key) => new Secret(openEntry(file, key, entry))) : null;
    },
    set: (id, secret) =>
      changeSealedFile(file, async (there) => {
        const sealed = there ?? (await fresh());
        return withKey(sealed, (key) => withEntry(sealed, key, id, secret.reveal(), clock.now()));
      }),
    delete: (id) => changeSealedFile(file, (sealed) => sealed && withoutEntry(sealed, id)),
  };
}

import path from 'node:path';
import { toAppError } from '@shared/errors';
import type { KeepChoice, KeptPlace, KeptSecret, SecretId, Secrets } from '@shared/secrets/schema';
import { failure } from '../net/failure';
import type { Clock } from '../ports';
import type { DeriveKey } from './crypt';
import { createKeyringPlace, type SystemKeyring } from './keyring';
import type { Secret } from './secret';
import { createVault } from './vault';

/** What is known of a secret that somebody needs. */
export type Found =
  | { state: 'found'; secret: Secret }
  | { state: 'none' }
  /** It is in the vault, which is locked. */
  | { state: 'locked' }
  /** It is in the keyring, which cannot be used here. */
  | { state: 'unreachable'; why: string };

/**
 * Keeps secrets for as long as a person chose: in memory until the console quits, in the vault, or in the keyring
 * of the operating system. Nothing falls back from one to the other: what cannot be kept where it was meant to be
 * is refused.
 */
export interface SecretKeeper {
  /** What is kept where, never a secret. */
  view(): Promise<Secrets>;
  /** `byPerson`: somebody asked for what needs it; a look in the background does not keep the vault open. */
  find(id: SecretId, byPerson: boolean): Promise<Found>;
  /** Rejects with E_VAULT_LOCKED, E_VAULT_NONE, E_SECRET_KEYRING, E_STORE_WRITE … */
  keep(id: SecretId, secret: Secret, choice: KeepChoice): Promise<void>;
  /** Can it be kept that way now? Rejects as `keep` would. */
  mayKeep(choice: KeepChoice): Promise<void>;
  /** A server refused it: it is not given again until a newer answer takes its place. */
  refused(id: SecretId): void;
  delete(id: SecretId, where: KeptPlace): Promise<void>;
  createVault(passphrase: string): Promise<void>;
  unlock(passphrase: string): Promise<void>;
  lock(): void;
  /** Forgets what is in memory and locks the vault. */
  dispose(): void;
}

export interface KeeperOptions {
  /** Folder of the vault's and the keyring's file. */
  dir: string;
  clock: Clock;
  keyring: SystemKeyring;
  /** Minutes until an unused vault locks itself. */
  idleMinutes(): Promise<number>;
  onChange?(): void;
  /** Something was written to disk, or deleted from it. */
  onDisk?(what: 'secret-stored' | 'secret-deleted', name: string): void;
  derive?: DeriveKey;
}

export const vaultFile = (dataDir: string) => path.join(secretsDir(dataDir), 'vault.json');
export const secretsDir = (dataDir: string) => path.join(dataDir, 'secrets');

const keyOf = ({ estateFile, name }: SecretId) => JSON.stringify([estateFile, name]);

export function createKeeper(options: KeeperOptions): SecretKeeper {
  const { dir, clock, onChange = () => {}, onDisk = () => {} } = options;
  const session = new Map<string, { id: SecretId; secret: Secret; since: number }>();
  const refused = new Set<string>();
  const vault = createVault({
    file: path.join(dir, 'vault.json'),
    clock,
    idleMs: async () => (await options.idleMinutes()) * 60_000,
    onChange,
    ...(options.derive ? { derive: options.derive } : {}),
  });
  const keyring = createKeyringPlace(path.join(dir, 'keyring.json'), options.keyring, clock);
  const isAbout = (id: SecretId) => (one: SecretId) => keyOf(one) === keyOf(id);

  const remove = (id: SecretId, where: KeptPlace): Promise<void> => {
    switch (where) {
      case 'session':
        session.delete(keyOf(id));
        return Promise.resolve();
      case 'vault':
        return vault.delete(id);
      case 'keyring':
        return keyring.delete(id);
    }
  };

  async function keep(id: SecretId, secret: Secret, choice: KeepChoice): Promise<void> {
    if (choice === 'session') session.set(keyOf(id), { id, secret, since: clock.now() });
    else if (choice === 'vault') await vault.set(id, secret);
    else if (choice === 'keyring') await keyring.set(id, secret);
    if (choice !== 'session') session.delete(keyOf(id));
    // What is known to be wrong, or is replaced by another copy on disk, goes.
    if (refused.has(keyOf(id)) || choice === 'vault' || choice === 'keyring') {
      if (choice !== 'vault' && (await vault.list()).some(isAbout(id))) await vault.delete(id);
      if (choice !== 'keyring' && (await keyring.list()).some(isAbout(id))) await keyring.delete(id);
    }
    if (choice === 'vault' || choice === 'keyring') onDisk('secret-stored', id.name);
    refused.delete(keyOf(id));
    vault.touch();
    onChange();
  }

  return {
    async view() {
      const [usable, state, fromVault, fromKeyring] = await Promise.all([
        keyring.availability(),
        vault.state().catch(() => 'damaged' as const),
        vault.list().catch(() => []),
        keyring.list().catch(() => []),
      ]);
      const kept: KeptSecret[] = [
        ...[...session.values()].map(({ id, since }) => ({ ...id, since, where: 'session' as const })),
        ...fromVault.map((one) => ({ ...one, where: 'vault' as const })),
        ...fromKeyring.map((one) => ({ ...one, where: 'keyring' as const })),
      ];
      return { keyring: usable, vault: state, idleMinutes: await options.idleMinutes(), kept };
    },
    async find(id, byPerson) {
      const key = keyOf(id);
      if (refused.has(key)) return { state: 'none' };
      const inMemory = session.get(key);
      if (inMemory) return { state: 'found', secret: inMemory.secret };
      if ((await vault.list()).some(isAbout(id))) {
        if ((await vault.state()) !== 'open') return { state: 'locked' };
        if (byPerson) vault.touch();
        const secret = await vault.get(id);
        return secret ? { state: 'found', secret } : { state: 'none' };
      }
      try {
        const secret = await keyring.get(id);
        return secret ? { state: 'found', secret } : { state: 'none' };
      } catch (thrown) {
        const { code, params } = toAppError(thrown);
        if (code === 'E_SECRET_KEYRING') return { state: 'unreachable', why: params?.what ?? '' };
        throw thrown;
      }
    },
    keep,
    async mayKeep(choice) {
      if (choice === 'vault') {
        const state = await vault.state();
        if (state === 'none') throw failure('E_VAULT_NONE', null);
        if (state === 'locked') throw failure('E_VAULT_LOCKED', null);
      }
      if (choice === 'keyring') {
        const state = await keyring.availability();
        if (!state.usable) throw failure('E_SECRET_KEYRING', null, { what: state.why });
      }
    },
    refused(id) {
      session.delete(keyOf(id));
      refused.add(keyOf(id));
      onChange();
    },
    async delete(id, where) {
      await remove(id, where);
      if (where !== 'session') onDisk('secret-deleted', id.name);
      onChange();
    },
    createVault: (passphrase) => vault.create(passphrase),
    unlock: (passphrase) => vault.unlock(passphrase),
    lock: () => vault.lock(),
    dispose() {
      session.clear();
      vault.lock();
    },
  };
}

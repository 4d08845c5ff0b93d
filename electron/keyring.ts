import { safeStorage } from 'electron';
import type { SystemKeyring } from './core/secrets/keyring';

/** Backends of Chromium on Linux that encrypt with a key which is in its source code, or with none. */
const NO_KEYRING = new Set(['basic_text', 'unknown']);
const PRODUCTS: Readonly<Record<string, string>> = { darwin: 'Keychain', win32: 'DPAPI' };

/** Older runtimes have the blocking calls only. */
const isAsync = () => typeof safeStorage.isAsyncEncryptionAvailable === 'function';

/** The keyring of the operating system as Electron reaches it; only after the app is ready. */
export const electronKeyring: SystemKeyring = {
  async availability() {
    const backend = process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : process.platform;
    if (NO_KEYRING.has(backend))
      return { usable: false, why: backend === 'basic_text' ? 'basic_text' : 'unknown' };
    const there = isAsync()
      ? await safeStorage.isAsyncEncryptionAvailable()
      : safeStorage.isEncryptionAvailable();
    return there
      ? { usable: true, product: PRODUCTS[backend] ?? backend }
      : { usable: false, why: 'unavailable' };
  },
  wrap: async (text) => (isAsync() ? safeStorage.encryptStringAsync(text) : safeStorage.encryptString(text)),
  unwrap: async (wrapped) =>
    isAsync() ? (await safeStorage.decryptStringAsync(wrapped)).result : safeStorage.decryptString(wrapped),
};

import path from 'node:path';
import { Settings } from '@shared/contract';
import { z } from 'zod';
import { type JsonStore, jsonStore } from './json-store';

export const StoredSettings = z.strictObject({
  ...Settings.shape,
  /** Opened again when the console starts without a file. */
  lastEstate: z.string().nullable(),
  /** An open vault locks itself after so long without use by a person. */
  vaultIdleMinutes: z.number().int().min(1).max(480).default(15),
});
export type StoredSettings = z.infer<typeof StoredSettings>;

/** Language, theme and size as chosen; at the first start the language of the desktop session. */
export function settingsStore(dataDir: string, locale: string): JsonStore<StoredSettings> {
  return jsonStore(path.join(dataDir, 'settings.json'), StoredSettings, {
    language: locale.toLowerCase().startsWith('fr') ? 'fr' : 'en',
    theme: 'dark',
    projector: false,
    lastEstate: null,
    vaultIdleMinutes: 15,
  });
}

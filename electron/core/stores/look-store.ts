import { createHash } from 'node:crypto';
import path from 'node:path';
import { Snapshot } from '@shared/snapshot';
import { type JsonStore, jsonStore } from './json-store';

/**
 * The last look at an estate: what `plan` reads, because planning opens no connection. One file per estate
 * file, so that two estates with the same name do not mix.
 */
export function lookStore(dataDir: string, estateFile: string): JsonStore<Snapshot | null> {
  const key = createHash('sha256').update(path.resolve(estateFile)).digest('hex').slice(0, 16);
  return jsonStore(path.join(dataDir, 'looks', `${key}.json`), Snapshot.nullable(), null);
}

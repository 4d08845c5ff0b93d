import { Failure } from '@shared/errors';
import type { HostReading, Snapshot } from '@shared/snapshot';
import { openFolder } from './recording';
import { listSegments, recordingDir } from './segment-files';

/**
 * The last look at an estate: what `plan` decides from, because planning opens no connection. A host that the
 * newest recording had not asked yet is taken from the one before; every fact says its own time anyway.
 * Null when nothing was recorded. @throws Failure
 */
export async function lastLook(dataDir: string, estateFile: string): Promise<Snapshot | null> {
  const dir = recordingDir(dataDir, estateFile);
  const recording = openFolder(dir);
  const starts = (await listSegments(dir)).map(({ started }) => started);
  let newest: Snapshot | null = null;
  const hosts = new Map<string, HostReading>();
  // From the newest file back, until every host was found.
  for (const next of [Number.MAX_SAFE_INTEGER, ...starts.toReversed()]) {
    const { snapshot } = (await recording.at(next - 1).catch(notEmpty)) ?? {};
    if (!snapshot) break;
    newest ??= snapshot;
    for (const [id, reading] of Object.entries(snapshot.hosts))
      if (reading.state !== 'unasked' && !hosts.has(id)) hosts.set(id, reading);
    if (Object.keys(newest.hosts).every((id) => hosts.has(id))) break;
  }
  if (!newest) return null;
  const found = Object.entries(newest.hosts).map(([id, reading]) => [id, hosts.get(id) ?? reading]);
  return { ...newest, hosts: Object.fromEntries(found) };
}

const notEmpty = (thrown: unknown): null => {
  if (thrown instanceof Failure && thrown.error.code === 'E_RECORDING_EMPTY') return null;
  throw thrown;
};

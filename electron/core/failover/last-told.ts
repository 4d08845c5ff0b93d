import { type LastTold, lastTold, newestTold } from '@shared/failover/last-seen';
import type { HostReading } from '@shared/snapshot';
import { openFolder } from '../recorder/recording';
import { listSegments, recordingDir } from '../recorder/segment-files';

/** Files of the recording that are opened, newest first: each is a stretch of watching, and one is mostly enough. */
const FILES = 24;

/**
 * Where a server was last seen, and where its binary logs lie: by what this console has read, else by what an earlier one
 * recorded at this desk. Never rejects: what cannot be read tells nothing.
 */
export async function toldLast(options: {
  /** As the watch has it now. */
  reading: HostReading | undefined;
  host: string;
  service: string;
  dataDir: string;
  estateFile: string;
}): Promise<LastTold> {
  const { reading, host, service, dataDir, estateFile } = options;
  const told = [lastTold(reading, service)];
  const isWhole = () => Object.values(newestTold(told)).every((part) => part !== null);
  if (isWhole()) return newestTold(told);
  try {
    const dir = recordingDir(dataDir, estateFile);
    const recording = openFolder(dir);
    const starts = (await listSegments(dir)).map(({ started }) => started).toReversed();
    // What was known at the end of each file, which is just before the next one begins.
    for (const next of [Number.MAX_SAFE_INTEGER, ...starts].slice(0, FILES)) {
      const { snapshot } = await recording.at(next - 1);
      told.push(lastTold(snapshot.hosts[host], service));
      if (isWhole()) break;
    }
  } catch {
    // an empty or damaged recording: what was found so far stands
  }
  return newestTold(told);
}

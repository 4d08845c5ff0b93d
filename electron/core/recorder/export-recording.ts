import { rename, rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import { listSegments, readRecordingText } from './segment-files';

const compress = promisify(gzip);

/** Makes one file of a folder of segments, to be handed on. Gives its bytes. The folder stays. */
export async function exportRecording(dir: string, file: string): Promise<number> {
  const texts: string[] = [];
  for (const segment of await listSegments(dir)) {
    const text = await readRecordingText(segment.file);
    // Without a line that a crash left torn: the next file begins on a line of its own.
    texts.push(text.slice(0, text.lastIndexOf('\n') + 1));
  }
  const bytes = await compress(texts.join(''), { level: constants.Z_BEST_COMPRESSION });
  const part = `${file}.tmp`;
  await rm(part, { force: true });
  await writeFile(part, bytes, { flag: 'wx', mode: 0o600, flush: true });
  await rename(part, file);
  return bytes.length;
}

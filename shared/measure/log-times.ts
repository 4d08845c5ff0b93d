import { sectionsOf } from '../kinds/host-disks';
import type { LogTimes } from './write-rate';

/**
 * Size and time of change of the files of a binary log: $1 is what `log_bin_basename` says. Reads no file. Where the account
 * may not enter their folder, no file is named.
 */
const SCRIPT = `export LC_ALL=C
echo '#now'; date +%s
echo '#files'
for file in "$1".[0-9]*; do [ -e "$file" ] && stat -c '%s %Y %n' -- "$file"; done
echo '#end'`;

export const logTimesArgv = (base: string): readonly string[] => ['sh', '-c', SCRIPT, 'sh', base];

/** null where no file is told. Names as the server lists them, without their folder. */
export function parseLogTimes(stdout: string): LogTimes | null {
  const sections = sectionsOf(stdout);
  const now = Number(sections?.get('now')?.[0]);
  const files = new Map<string, { size: number; changed: number }>();
  for (const line of sections?.get('files') ?? []) {
    const [, size, changed, path = ''] = /^(\d+) (\d+) (\/.*)$/.exec(line) ?? [];
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (size !== undefined && changed !== undefined)
      files.set(name, { size: Number(size), changed: Number(changed) });
  }
  return files.size > 0 && Number.isFinite(now) ? { now, files } : null;
}

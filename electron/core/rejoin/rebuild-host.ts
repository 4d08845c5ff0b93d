import { placesOf } from '@shared/rejoin/rebuild/places';

/** What a shell tells of the place where data lies; null: it did not say. */
export interface HostTold {
  /** Bytes that somebody without root may still write: of the data folder's file system, or of the one above if less. */
  freeBytes: number | null;
  isMount: boolean | null;
  kept: boolean | null;
  missing: string[] | null;
}

const SCRIPT = `d=$1; b=$2; shift 2
for at in "$d" "$(dirname "$d")"; do df -B1 --output=avail -- "$at" 2>/dev/null | tail -n 1 | sed 's/^ */free /'; done
if mountpoint -q -- "$d"; then echo mount yes; else echo mount no; fi
found=no; for n in received ready kept; do [ ! -e "$b/$n" ] || found=yes; done; echo kept $found
for tool; do command -v "$tool" >/dev/null || echo "missing $tool"; done; echo end`;

/** The command that tells it. @param tools programs that have to be there */
export const hostScript = (datadir: string, tools: readonly string[]): string[] => {
  const { datadir: folder, base } = placesOf(datadir);
  return ['sh', '-c', SCRIPT, 'sh', folder, base, ...tools];
};

export function toldOf(stdout: string): HostTold {
  const lines = stdout.split('\n');
  const said = (word: string) =>
    lines.flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1).trim()] : []));
  const free = said('free').map(Number);
  const flag = (word: string) => {
    const [value] = said(word);
    return value === 'yes' ? true : value === 'no' ? false : null;
  };
  const isWhole = lines.includes('end');
  const known = free.length > 0 && free.every((bytes) => Number.isSafeInteger(bytes));
  return {
    freeBytes: known ? Math.min(...free) : null,
    isMount: flag('mount'),
    kept: flag('kept'),
    missing: isWhole ? said('missing') : null,
  };
}

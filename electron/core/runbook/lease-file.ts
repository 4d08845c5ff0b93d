import { asciiJson, LeaseFile } from '@shared/runbook/remote-record';
import type { Hands } from './api';
import { runThere } from './remote-shell';

/** The lease as a file on one server: it outlives whoever wrote it, and so tells the next who that was. */

export interface LeaseSeen {
  /** The file as it is; null: there is none. */
  text: string | null;
  /** What it says; null too when it is not one of ours. */
  file: LeaseFile | null;
  /** Other runs of this subject whose record here was never closed. */
  open: readonly string[];
}

/** In a record no text can hold this: its quotes would be escaped. */
export const CLOSED_LINE = `'"kind":"run-closed"'`;

const LOOK = `if [ -e "$top/lease.json" ]; then printf 'lease '; cat "$top/lease.json"; echo; fi
for run in "$top"/*/; do
  run=\${run%/}
  [ ! -e "$run/plan.json" ] || [ -e "$run/closed" ] || grep -qs ${CLOSED_LINE} "$run/events.jsonl" || echo "open \${run##*/}"
done
:`;

export async function lookAtLease(hands: Hands, folder: string, signal: AbortSignal): Promise<LeaseSeen> {
  const { stdout } = await runThere(hands, LOOK, [folder], { name: 'lease.look', signal });
  const lines = stdout.split('\n');
  const after = (word: string) =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  const text = after('lease')[0] ?? null;
  return { text, file: text === null ? null : leaseOf(text), open: after('open') };
}

/**
 * Only what was seen is replaced ("" : nothing was there), and a rename shows the new one whole or not at all. The lock
 * keeps two from comparing at once; it goes with the shell that took it.
 */
const WRITE = `new="$top/.lease.$$"
cat >"$new" && sync "$new" || exit 73
exec 9>>"$top/.lock"
if flock -w 5 9 && [ "$(cat "$top/lease.json" 2>/dev/null)" = "$2" ]; then mv -f "$new" "$top/lease.json" && echo written
else rm -f "$new"; fi`;

/** False: somebody else was faster. */
export async function writeLease(
  hands: Hands,
  folder: string,
  seen: string | null,
  file: LeaseFile,
  signal: AbortSignal,
): Promise<boolean> {
  const stdin = `${asciiJson(file)}\n`;
  const { stdout } = await runThere(hands, WRITE, [folder, seen ?? ''], {
    name: 'lease.write',
    signal,
    stdin,
  });
  return stdout.trim() === 'written';
}

const REMOVE = `exec 9>>"$top/.lock"
flock -w 5 9 && [ "$(cat "$top/lease.json" 2>/dev/null)" = "$2" ] && rm -f "$top/lease.json"
:`;

/** Removes the file if it is still this one. */
export async function removeLease(
  hands: Hands,
  folder: string,
  file: LeaseFile,
  signal: AbortSignal,
): Promise<void> {
  await runThere(hands, REMOVE, [folder, asciiJson(file)], { name: 'lease.remove', signal });
}

function leaseOf(text: string): LeaseFile | null {
  try {
    return LeaseFile.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

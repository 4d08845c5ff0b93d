import { sectionsOf } from '../kinds/host-disks';
import type { CommandOutput } from '../kinds/kind';

/** Days that a walk tells apart, the newest first. */
export const DAYS = 7;

/**
 * Walks through trees with the least claim on the host (`nice`, and `ionice` where there is one), stays on their file
 * systems, follows no link but a tree's own, opens no file and writes nothing; what is deleted meanwhile is no error. $1: most seconds; then the trees. Adds up on the host: a tree
 * of millions of files sends some hundred bytes. The host's own clock says how old a change is (one later than any that the
 * walk could see is ahead of it), and its uptime how long the walk took. `--foreground`: without it `timeout` would leave the group that a cancelled command's signal reaches.
 */
const SCRIPT = String.raw`export LC_ALL=C
limit=$1; shift
slow=; command -v ionice >/dev/null 2>&1 && slow='ionice -c3'
now=$(date +%s)
read -r begun _ </proc/uptime
exec 4>&1
{ { timeout --foreground -k 5 "$limit" nice -n 19 $slow find -H "$@" -ignore_readdir_race -xdev -type f -printf '%T@ %s\n' 2>&3; echo "exit $?"; } |
  awk -v now="$now" -v late="$limit" '
    $1 == "exit" { status = $2; next }
    { files++; bytes += $2; age = now - $1
      if (age < -late - 60) { ahead++; next }
      day = age < 0 ? 0 : int(age / 86400)
      if (day < ${DAYS}) { count[day]++; sum[day] += $2 } }
    END {
      printf "#walk\n%d %d %.0f %d\n#days\n", status, files, bytes, ahead
      for (day = 0; day < ${DAYS}; day++) printf "%d %.0f\n", count[day], sum[day] }' >&4
} 3>&1 | awk 'NR == 1 { first = substr($0, 1, 200) } END { printf "#hidden\n%d %s\n", NR, first }'
read -r ended _ </proc/uptime
printf '#time\n%s %s\n#end\n' "$begun" "$ended"`;

export const walkArgv = (trees: readonly string[], seconds: number): readonly string[] => [
  'sh',
  '-c',
  SCRIPT,
  'sh',
  `${seconds}`,
  ...trees,
];

/** What one walk through trees said. */
export interface TreeReading {
  /** Of find: 0 is a whole walk, 124 and 137 one that its limit cut. */
  exit: number;
  files: number;
  bytes: number;
  ahead: number;
  days: { files: number; bytes: number }[];
  /** Places that could not be read, and what was said of the first. */
  hidden: number;
  said: string;
  /** How long it took, by the host's own steady clock. */
  seconds: number;
}

/** null: the answer is not whole, or the host lacks a program that the walk needs. */
export function parseTree({ stdout }: Pick<CommandOutput, 'stdout'>): TreeReading | null {
  const sections = sectionsOf(stdout);
  const walk = numbersOf(sections?.get('walk')?.[0], 4);
  const time = numbersOf(sections?.get('time')?.[0], 2);
  const days = (sections?.get('days') ?? []).map((line) => numbersOf(line, 2));
  const [, hidden = '', said = ''] = /^(\d+) ?(.*)$/.exec(sections?.get('hidden')?.[0] ?? '') ?? [];
  if (!walk || !time || days.length !== DAYS || hidden === '') return null;
  const [exit = 0, files = 0, bytes = 0, ahead = 0] = walk;
  const [from = 0, to = 0] = time;
  return {
    exit,
    files,
    bytes,
    ahead,
    days: days.map((day) => ({ files: day?.[0] ?? 0, bytes: day?.[1] ?? 0 })),
    hidden: Number(hidden),
    said,
    seconds: Math.max(0, to - from),
  };
}

function numbersOf(line: string | undefined, count: number): number[] | null {
  const numbers = (line ?? '').trim().split(/\s+/).map(Number);
  return numbers.length === count && numbers.every((value) => Number.isFinite(value) && value >= 0)
    ? numbers
    : null;
}

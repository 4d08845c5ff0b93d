import { failure } from '../net/failure';
import type { Lease } from '../ssh/lease';
import { runSsh } from '../ssh/run-ssh';
import { fileName, inSubject, runScript } from './remote-shell';

/**
 * A command that goes on when the connection through which it was sent is gone, and that is never run twice under one
 * id: whoever comes back asks what became of it instead. On the server it is a session of its own (setsid), holds a
 * lock for as long as it lives (flock), and leaves its output and exit status in `~/.patronus/runs/SUBJECT/RUN/ID/`.
 * Its standard input is never written down.
 */
export interface RemoteId {
  /** As `subjectFolder` makes it. */
  folder: string;
  run: string;
  /** Names one execution: step, attempt and number of the command. */
  command: string;
}

export interface RemoteOptions {
  id: RemoteId;
  /** Name of the step, for errors and the journal. */
  name: string;
  /** Through `sudo -n`. */
  sudo: boolean;
  stdin: string | null;
  timeoutMs: number;
  signal: AbortSignal;
}
export interface RemoteOutput {
  stdout: string;
  stderr: string;
  exit: number;
}

/** What a server tells of a command: `vanished` means that it began, is not running, and nothing says how it ended. */
export type RemoteState = { state: 'never' | 'running' | 'vanished' } | ({ state: 'ended' } & RemoteOutput);

/** Of each of stdout and stderr; what is beyond is read and dropped. */
const MAX_BYTES = 1024 * 1024;

/**
 * Runs on the server as a session of its own, with the folder as `$1`, and holds the lock on descriptor 9. It reads all
 * of the standard input first, and begins only when it has every byte of it: half an input is none. Output is written as it comes (stdbuf, where there is one), so that it is
 * there even when something that the command left running keeps the pipe open.
 */
const RUNNER = `d=$1; max=$2; want=$3; shift 3
if [ "$want" -gt 0 ]; then
  given=$(cat; echo .); given=\${given%.}
  [ "$(LC_ALL=C; echo "\${#given}")" -eq "$want" ] || exit 74
fi
: >"$d/started" && sync "$d/started" && mkfifo "$d/o" "$d/e" || exit 73
now=; command -v stdbuf >/dev/null && now='stdbuf -o0'
{ $now head -c "$max" >"$d/out"; : >"$d/o.end"; ! read -r more || cat >/dev/null; } <"$d/o" 9>&- &
{ $now head -c "$max" >"$d/err"; : >"$d/e.end"; ! read -r more || cat >/dev/null; } <"$d/e" 9>&- &
if [ "$want" -gt 0 ]; then printf %s "$given" | "$@" >"$d/o" 2>"$d/e" 9>&-
else "$@" </dev/null >"$d/o" 2>"$d/e" 9>&-; fi
echo $? >"$d/exit"
n=0
while { [ ! -e "$d/o.end" ] || [ ! -e "$d/e.end" ]; } && [ "$n" -lt 300 ]; do
  n=$((n + 1)); [ "$n" -lt 100 ] || sleep 0.01
done
exec 9>&-
rm -f "$d/o" "$d/e"`;

/** The answer: one word, and with it what the command left. The first line is written whole or not at all. */
const TELL = `tell() {
  if [ -s "$d/exit" ]; then read -r code <"$d/exit"; echo "ended $code"
    [ ! -s "$d/out" ] || cat "$d/out"; [ ! -s "$d/err" ] || cat "$d/err" >&2
  elif [ ! -e "$d/started" ]; then echo never
  elif flock -n 9; then echo vanished
  else echo running; fi
}
`;

/** Begins it if nobody has, then waits until the lock is free again: that is when it has ended. */
const START = `d="$top/$2/$3"; runner=$4; shift 4; ${TELL}
mkdir -p "$d" && exec 9>>"$d/lock" || exit 73
if [ ! -e "$d/started" ] && flock -n 9; then
  # A shell gives what it starts beside itself no standard input unless it comes from another descriptor.
  exec 8<&0; setsid sh -c "$runner" sh "$d" "$@" <&8 8<&- >/dev/null 2>&1 9>&9 & exec 8<&-
fi
exec 9>&-; exec 9>>"$d/lock"; flock 9; exec 9>&-; exec 9>>"$d/lock"
tell`;

const PROBE = `d="$top/$2/$3"; ${TELL}
[ -d "$d" ] || { echo never; exit 0; }
exec 9>>"$d/lock"; tell`;

/**
 * Runs it, or waits for the one that was begun under this id. Rejects with Failure: E_COMMAND_TIMEOUT and E_LOST (it may
 * still run there: probeRemote tells), E_COMMAND_GONE (it began and was ended from outside), E_REMOTE_RECORD (it was
 * not begun), and what runSsh rejects with. A non-zero exit is a value.
 */
export async function runRemote(
  lease: Lease,
  argv: readonly string[],
  options: RemoteOptions,
): Promise<RemoteOutput> {
  const { id, name, sudo, stdin, timeoutMs, signal } = options;
  const given = stdin ?? '';
  const command = sudo ? ['sudo', '-n', '--', ...argv] : argv;
  const runner = [RUNNER, `${MAX_BYTES}`, `${Buffer.byteLength(given)}`];
  const output = await runSsh(
    lease,
    ['sh', '-c', inSubject(START), 'sh', ...wordsOf(id), ...runner, ...command],
    { name, timeoutMs, signal, stdin: given, shown: command, maxBytes: 3 * MAX_BYTES },
  );
  const answer = stateOf(output);
  switch (answer?.state) {
    case 'ended':
      return { stdout: answer.stdout, stderr: answer.stderr, exit: answer.exit };
    case 'vanished':
      throw failure('E_COMMAND_GONE', lease.hostId, { name });
    default:
      throw failure('E_REMOTE_RECORD', lease.hostId, {
        text: output.stderr.trim() || `${name} was not begun`,
      });
  }
}

/** What became of it. Changes nothing. Rejects with what runSsh rejects with, and E_REMOTE_RECORD. */
export async function probeRemote(lease: Lease, id: RemoteId, signal: AbortSignal): Promise<RemoteState> {
  const output = await runScript(lease, inSubject(PROBE), wordsOf(id), {
    name: 'command.probe',
    signal,
    maxBytes: 3 * MAX_BYTES,
  });
  const state = stateOf(output);
  if (state) return state;
  throw failure('E_REMOTE_RECORD', lease.hostId, { text: 'not an answer' });
}

const wordsOf = ({ folder, run, command }: RemoteId): string[] => [folder, fileName(run), fileName(command)];

function stateOf({ stdout, stderr }: { stdout: string; stderr: string }): RemoteState | null {
  const [, word = '', exit = ''] = /^(never|running|vanished|ended)(?: (\d+))?\n/.exec(stdout) ?? [];
  if (word === 'ended') {
    const text = stdout.slice(stdout.indexOf('\n') + 1);
    return { state: 'ended', exit: Number(exit), stdout: text, stderr };
  }
  return word === 'never' || word === 'running' || word === 'vanished' ? { state: word } : null;
}

import { randomBytes } from 'node:crypto';
import type { ExecChannel, Lease } from './lease';
import { RUN_SCRIPT, shellLine } from './quote';

/**
 * A shell that stays on a host for as long as the connection, for the one script that every look runs. It gets
 * the script once, as its argument, and runs it at each line it reads: a look then costs the host no session of
 * sshd, no login shell and no copy of the script, and 18 bytes are sent instead of 2 kB.
 *
 * It is no daemon: it waits for its standard input, which ends with the channel, whatever ends that. Each run is
 * a fork of its own with nothing to read. A run that does not end in time ends the shell with it, so that the
 * next look starts with a new one and never waits behind it.
 *
 * A line that it reads is a random mark in two halves; what it prints for it stands between the halves in one
 * order and in the other, on both streams. Nobody on the host can see them, so no output can end a run early.
 */
const LOOP = `while read -r a b;do echo "$a$b";(${RUN_SCRIPT}) </dev/null;echo "$b$a $?";echo "$b$a" >&2;done`;

/** Bytes that ask for one run. */
export const REQUEST_BYTES = 18;

/** A connection's place for its one resident shell. */
export interface Resident {
  shell: ResidentShell | null;
  /** It is running the script, or being started. */
  busy: boolean;
  /** This host ended it before its first answer (a forced command, say): not tried again on this connection. */
  refused: boolean;
}
export const noResident = (): Resident => ({ shell: null, busy: false, refused: false });

export interface ResidentAnswer {
  stdout: Buffer;
  stderr: Buffer;
  /** Null when it was cut. */
  exit: number | null;
  /** Bytes received, framing and login noise included. */
  bytes: number;
  truncated: boolean;
}

/**
 * Has the connection's resident shell run a script, started when there is none. Null when there is no answer to
 * be had this way: the caller runs it as an ordinary command. Rejects with what opening a channel rejects with,
 * and with the reason of `stop`.
 */
export async function askResident(
  lease: Lease,
  argv: readonly string[],
  options: { name: string; maxBytes: number; stop: AbortSignal },
): Promise<ResidentAnswer | null> {
  const { resident } = lease;
  const [program, flag, script, _name, ...words] = argv;
  if (resident.refused || resident.busy || program !== 'sh' || flag !== '-c' || script === undefined)
    return null;
  const command = `exec /bin/sh -c '${LOOP}' sh ${shellLine([script, ...words], options.name)}`;
  if (resident.shell && resident.shell.command !== command) return null;
  resident.busy = true;
  try {
    resident.shell ??= startShell(command, await lease.exec(command, { signal: options.stop, stays: true }));
    const { shell } = resident;
    const answer = await shell.ask(options).catch((thrown: unknown) => {
      resident.refused = !shell.hasAnswered();
      throw thrown;
    });
    if (!answer) resident.refused = !shell.hasAnswered();
    return answer;
  } finally {
    resident.busy = false;
    if (resident.shell?.isOver()) resident.shell = null;
  }
}

interface ResidentShell {
  /** What was sent to start it: it runs this script and no other. */
  readonly command: string;
  /** Null when it ended instead of answering. */
  ask(options: { maxBytes: number; stop: AbortSignal }): Promise<ResidentAnswer | null>;
  hasAnswered(): boolean;
  isOver(): boolean;
}

function startShell(command: string, { stream, done }: ExecChannel): ResidentShell {
  let answered = false;
  let over = false;
  const end = () => {
    if (over) return;
    over = true;
    // Best effort: sshd passes signals since 7.9. Whatever it runs ends with its own output, or with the host.
    stream.signal('TERM');
    done();
  };
  stream.on('error', () => {});
  stream.on('close', () => {
    over = true;
  });
  // What comes when nothing was asked is read and dropped, so that the channel never stands still.
  stream.resume();
  stream.stderr.resume();

  return {
    command,
    hasAnswered: () => answered,
    isOver: () => over,
    ask: ({ maxBytes, stop }) =>
      new Promise((resolve, reject) => {
        const a = randomBytes(4).toString('hex');
        const b = randomBytes(4).toString('hex');
        const out = endedBy(new RegExp(`${b}${a} (\\d+)\n$`));
        const errors = endedBy(new RegExp(`${b}${a}\n$`));
        let bytes = 0;

        const settle = (finish: () => void) => {
          stop.removeEventListener('abort', onStop);
          stream.off('data', onOut).off('close', onClose);
          stream.stderr.off('data', onError);
          finish();
        };
        const answer = (truncated: boolean): ResidentAnswer => {
          const text = out.text();
          const from = text.indexOf(`${a}${b}\n`);
          return {
            stdout: from < 0 ? Buffer.alloc(0) : text.subarray(from + REQUEST_BYTES - 1),
            stderr: errors.text(),
            exit: truncated ? null : Number(out.found()?.[1]),
            bytes,
            truncated,
          };
        };
        const take = (part: ReturnType<typeof endedBy>) => (chunk: Buffer) => {
          bytes += chunk.length;
          part.push(chunk);
          if (bytes > maxBytes) {
            end();
            settle(() => resolve(answer(true)));
          } else if (out.found() && errors.found()) {
            answered = true;
            settle(() => resolve(answer(false)));
          }
        };
        const onOut = take(out);
        const onError = take(errors);
        const onClose = () => settle(() => resolve(null));
        const onStop = () => {
          end();
          settle(() => reject(stop.reason));
        };
        stream.on('data', onOut).on('close', onClose);
        stream.stderr.on('data', onError);
        stop.addEventListener('abort', onStop);
        if (over) return onClose();
        if (stop.aborted) return onStop();
        stream.write(`${a} ${b}\n`);
      }),
  };
}

/** The longest mark with its exit status. */
const TAIL = 32;

/** Collects a stream until it ends with the mark: nothing follows it before the next line is sent. */
function endedBy(mark: RegExp) {
  const chunks: Buffer[] = [];
  let tail = '';
  return {
    push(chunk: Buffer) {
      chunks.push(chunk);
      tail = (tail + chunk.toString('latin1')).slice(-TAIL);
    },
    found: () => mark.exec(tail),
    /** Without the mark. */
    text(): Buffer {
      const whole = Buffer.concat(chunks);
      return whole.subarray(0, whole.length - (mark.exec(tail)?.[0].length ?? 0));
    },
  };
}

import { randomBytes } from 'node:crypto';
import type { Failure } from '@shared/errors';
import { journalled } from '../journal/sending';
import { cleanInTurns } from '../net/clean-in-turns';
import { failure } from '../net/failure';
import type { ExecChannel, Lease } from './lease';
import { notRun } from './no-shell';
import { quoteWord, RUN_SCRIPT, shellLine } from './quote';
import { askResident } from './resident-shell';

export interface RunSshOptions {
  /** Name of the probe or step, for errors and logs. */
  name: string;
  timeoutMs: number;
  signal: AbortSignal;
  /** A routine look: the journal gathers those that end alike. */
  background?: boolean;
  /** Default 8 MiB of stdout and stderr together. */
  maxBytes?: number;
  stdin?: string | Buffer;
  /** What the journal shows instead of a script of ours that only carries this command. */
  shown?: readonly string[];
  /** A script that will be run again and again: a shell stays on the host for it, see resident-shell.ts. */
  resident?: boolean;
}
export interface SshOutput {
  /** UTF-8, lossy, control characters made visible; only what the command itself printed. */
  stdout: string;
  stderr: string;
  /** Null when a signal ended it, or when it was cut. */
  exit: number | null;
  /** "TERM", without "SIG". */
  killedBy?: string;
  /** Epoch milliseconds at which it was sent. */
  at: number;
  durationMs: number;
  /** Bytes received on the channel, framing and login noise included. */
  bytes: number;
  /** Output beyond maxBytes was cut, and the channel closed. */
  truncated: boolean;
}

const MAX_BYTES = 8 * 1024 * 1024;

/**
 * Runs one argv on the host. Rejects with Failure: E_COMMAND_TIMEOUT (it may still run there), E_LOST,
 * E_NO_SHELL (the login shell did not run it), E_AUTH_EXPIRED (sshd wants a new password first), E_CHANNEL,
 * E_ARGUMENT, E_ABORTED. A non-zero exit is a value, not an error.
 */
export async function runSsh(
  lease: Lease,
  argv: readonly string[],
  options: RunSshOptions,
): Promise<SshOutput> {
  const { name, background = false, shown = argv } = options;
  const { hostId: host, user: account, route } = lease;
  const text = shellLine(shown, name);
  return journalled(
    lease.journal,
    { kind: 'command', host, account, route, name, text, background },
    () => run(lease, argv, options),
    ({ exit }) => exit,
  );
}

async function run(lease: Lease, argv: readonly string[], options: RunSshOptions): Promise<SshOutput> {
  const { name, timeoutMs, signal, maxBytes = MAX_BYTES } = options;
  const at = Date.now();
  const started = performance.now();
  const timeout = AbortSignal.timeout(timeoutMs);
  const limit: Limit = {
    stop: AbortSignal.any([signal, lease.lost, timeout]),
    why: () => {
      if (lease.lost.aborted) return lease.lost.reason;
      if (signal.aborted) return failure('E_ABORTED', lease.hostId);
      return failure('E_COMMAND_TIMEOUT', lease.hostId, { name, seconds: `${timeoutMs / 1000}` });
    },
  };
  try {
    const resident = options.resident
      ? await askResident(lease, argv, { name, maxBytes, stop: limit.stop })
      : null;
    const raw = resident ?? (await runOnce(lease, argv, options, limit));
    const stdout = await cleanInTurns(raw.stdout, maxBytes);
    const stderr = await cleanInTurns(raw.stderr, maxBytes);
    return {
      ...raw,
      stdout: stdout.text,
      stderr: stderr.text,
      truncated: raw.truncated || stdout.cut || stderr.cut,
      at,
      durationMs: performance.now() - started,
    };
  } catch (thrown) {
    throw limit.stop.aborted ? limit.why() : thrown;
  }
}

/** What ends the waiting early, and what is then said. */
interface Limit {
  stop: AbortSignal;
  why(): Failure;
}

/** As a command of its own, between the two lines of a frame. */
async function runOnce(
  lease: Lease,
  argv: readonly string[],
  options: RunSshOptions,
  limit: Limit,
): Promise<Raw> {
  const { name } = options;
  const frame = makeFrame();
  const channel = await lease.exec(frame.around(argv, name), { signal: limit.stop });
  try {
    const raw = await collect(channel, lease, options, limit);
    const stdout = frame.cut(raw.stdout);
    if (stdout === null && !raw.truncated) throw notRun(lease, name, Buffer.concat([raw.stdout, raw.stderr]));
    return { ...raw, stdout: stdout ?? Buffer.alloc(0) };
  } finally {
    channel.done();
  }
}

/**
 * What a login shell prints on its own (a chatty .bashrc) must not reach a parser. The command runs between
 * two lines of a random mark; the mark is put together on the far side, so that a shell which echoes its
 * command line does not print it. `exec /bin/sh` gives every account, fish and csh too, the same shell.
 */
function makeFrame() {
  const a = randomBytes(4).toString('hex');
  const b = randomBytes(4).toString('hex');
  const between = (run: string) =>
    quoteWord(`printf %s%s\\\\n ${a} ${b};${run};r=$?;printf %s%s\\\\n ${b} ${a};exit $r`);
  return {
    around(argv: readonly string[], name: string) {
      const [program, flag, script, _name, ...words] = argv;
      return program === 'sh' && flag === '-c' && script !== undefined
        ? `exec /bin/sh -c ${between(`(${RUN_SCRIPT})`)} sh ${shellLine([script, ...words], name)}`
        : `exec /bin/sh -c ${between('"$@"')} sh ${shellLine(argv, name)}`;
    },
    /** Null when the command was not reached. Without the closing mark: up to the end. */
    cut(stdout: Buffer): Buffer | null {
      const from = stdout.indexOf(`${a}${b}\n`);
      if (from < 0) return null;
      const to = stdout.lastIndexOf(`${b}${a}\n`);
      return stdout.subarray(from + a.length + b.length + 1, to > from ? to : stdout.length);
    },
  };
}

interface Raw {
  stdout: Buffer;
  stderr: Buffer;
  exit: number | null;
  killedBy?: string;
  bytes: number;
  truncated: boolean;
}

function collect(
  { stream, ended }: ExecChannel,
  lease: Lease,
  options: RunSshOptions,
  { stop, why }: Limit,
): Promise<Raw> {
  const maxBytes = options.maxBytes ?? MAX_BYTES;
  const out: Buffer[] = [];
  const errors: Buffer[] = [];
  let bytes = 0;

  return new Promise<Raw>((resolve, reject) => {
    const killedBy = () => {
      const signalName = ended()?.killedBy;
      return signalName ? { killedBy: signalName } : {};
    };
    const raw = (truncated: boolean): Raw => ({
      stdout: Buffer.concat(out),
      stderr: Buffer.concat(errors),
      exit: truncated ? null : (ended()?.exit ?? null),
      ...killedBy(),
      bytes,
      truncated,
    });
    const keep = (list: Buffer[]) => (chunk: Buffer) => {
      const room = maxBytes - bytes;
      bytes += chunk.length;
      list.push(chunk.length > room ? chunk.subarray(0, Math.max(0, room)) : chunk);
      if (chunk.length > room) settle(() => resolve(raw(true)));
    };
    const onOut = keep(out);
    const onError = keep(errors);
    const settle = (finish: () => void) => {
      stop.removeEventListener('abort', onStop);
      stream.off('data', onOut).off('close', onClose);
      stream.stderr.off('data', onError);
      // What is still on its way is read and dropped, so that the channel can close.
      stream.resume();
      stream.stderr.resume();
      finish();
    };
    const onStop = () =>
      settle(() => {
        // Best effort: without a terminal a command outlives its channel. sshd passes signals since 7.9.
        if (!lease.lost.aborted) stream.signal('TERM');
        reject(why());
      });
    const onClose = () =>
      settle(() =>
        ended()
          ? resolve(raw(false))
          : reject(failure('E_LOST', lease.hostId, { text: `${options.name} ended without a status` })),
      );
    stream.on('error', () => {});
    stream.on('data', onOut).on('close', onClose);
    stream.stderr.on('data', onError);
    stop.addEventListener('abort', onStop);
    if (stop.aborted) return onStop();
    stream.end(options.stdin ?? '');
  });
}

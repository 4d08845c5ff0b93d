import { randomBytes } from 'node:crypto';
import { clean, cleanLine } from '@shared/clean';
import type { Failure } from '@shared/errors';
import { failure } from '../net/failure';
import type { ExecChannel, Lease } from './lease';
import { quoteWord, shellLine } from './quote';

export interface RunSshOptions {
  /** Name of the probe or step, for errors and logs. */
  name: string;
  timeoutMs: number;
  signal: AbortSignal;
  /** Default 8 MiB of stdout and stderr together. */
  maxBytes?: number;
  stdin?: string | Buffer;
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
 * E_NO_SHELL (the login shell did not run it), E_CHANNEL, E_ARGUMENT, E_ABORTED. A non-zero exit is a value,
 * not an error.
 */
export async function runSsh(
  lease: Lease,
  argv: readonly string[],
  options: RunSshOptions,
): Promise<SshOutput> {
  const { name, timeoutMs, signal } = options;
  const frame = makeFrame();
  const command = frame.around(argv, name);
  const at = Date.now();
  const started = performance.now();
  const timeout = AbortSignal.timeout(timeoutMs);
  const late = () => failure('E_COMMAND_TIMEOUT', lease.hostId, { name, seconds: `${timeoutMs / 1000}` });
  const channel = await lease
    .exec(command, { signal: AbortSignal.any([signal, timeout]) })
    .catch((thrown: unknown) => {
      throw timeout.aborted && !signal.aborted && !lease.lost.aborted ? late() : thrown;
    });
  try {
    const raw = await collect(channel, lease, options, { timeout, late });
    const stdout = frame.cut(raw.stdout);
    if (stdout === null && !raw.truncated) {
      const text = cleanLine(Buffer.concat([raw.stdout, raw.stderr]).toString('utf8')) || 'nothing';
      throw failure('E_NO_SHELL', lease.hostId, { account: lease.user, name, text });
    }
    return {
      stdout: clean(stdout ?? ''),
      stderr: clean(raw.stderr.toString('utf8')),
      exit: raw.exit,
      ...(raw.killedBy ? { killedBy: raw.killedBy } : {}),
      at,
      durationMs: performance.now() - started,
      bytes: raw.bytes,
      truncated: raw.truncated,
    };
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
      // A script for the very shell that is running already: a fork of it is cheaper for the host than a new one.
      return program === 'sh' && flag === '-c' && script !== undefined
        ? `exec /bin/sh -c ${between('(s=$1;shift;eval "$s")')} sh ${shellLine([script, ...words], name)}`
        : `exec /bin/sh -c ${between('"$@"')} sh ${shellLine(argv, name)}`;
    },
    /** Null when the command was not reached. Without the closing mark: up to the end. */
    cut(stdout: Buffer): string | null {
      const from = stdout.indexOf(`${a}${b}\n`);
      if (from < 0) return null;
      const to = stdout.lastIndexOf(`${b}${a}\n`);
      return stdout.toString('utf8', from + a.length + b.length + 1, to > from ? to : stdout.length);
    },
  };
}

interface Raw {
  stdout: Buffer;
  stderr: Buffer;
  exit: number | null;
  killedBy: string | null;
  bytes: number;
  truncated: boolean;
}

function collect(
  { stream, ended }: ExecChannel,
  lease: Lease,
  options: RunSshOptions,
  limit: { timeout: AbortSignal; late(): Failure },
): Promise<Raw> {
  const maxBytes = options.maxBytes ?? MAX_BYTES;
  const out: Buffer[] = [];
  const errors: Buffer[] = [];
  let bytes = 0;
  const stop = AbortSignal.any([options.signal, lease.lost, limit.timeout]);

  return new Promise<Raw>((resolve, reject) => {
    const raw = (truncated: boolean): Raw => ({
      stdout: Buffer.concat(out),
      stderr: Buffer.concat(errors),
      exit: truncated ? null : (ended()?.exit ?? null),
      killedBy: ended()?.killedBy ?? null,
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
        if (lease.lost.aborted) return reject(lease.lost.reason);
        // Best effort: without a terminal a command outlives its channel. sshd passes signals since 7.9.
        stream.signal('TERM');
        reject(options.signal.aborted ? failure('E_ABORTED', lease.hostId) : limit.late());
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

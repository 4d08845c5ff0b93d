import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cleanLine } from '@shared/clean';
import { journalled } from '../journal/sending';
import { failure } from '../net/failure';
import type { Lease } from './lease';
import { notRun } from './no-shell';
import { quoteWord, shellLine } from './quote';

export interface StreamOptions {
  /** Name of the step, for errors and logs. */
  name: string;
  /** For all of it. */
  timeoutMs: number;
  signal: AbortSignal;
  /**
   * Told the bytes that the command itself prints, exactly as they are and as they come; no more come while it has not
   * resolved. `enough` ends the command.
   */
  take(bytes: Uint8Array): Promise<'more' | 'enough'>;
}
export interface StreamOutput {
  /** Null when a signal ended it, or when it was told that it is enough. */
  exit: number | null;
  /** One line of at most 300 characters, cleaned. */
  stderr: string;
  at: number;
  durationMs: number;
  bytes: number;
}

const STDERR_KEPT = 4_096;
/** A login shell may print before the command does; so much at most. */
const NOISE = 64 * 1024;

/**
 * Runs one argv on the host and passes on what it prints, for what is not text or too long for memory: nothing is decoded,
 * cleaned or kept here. Rejects with Failure as runSsh does; a non-zero exit is a value.
 */
export async function streamSsh(
  lease: Lease,
  argv: readonly string[],
  options: StreamOptions,
): Promise<StreamOutput> {
  const { hostId: host, user: account, route } = lease;
  const { name } = options;
  const text = shellLine(argv, name);
  return journalled(
    lease.journal,
    { kind: 'command', host, account, route, name, text, background: false },
    () => run(lease, argv, options),
    ({ exit }) => exit,
  );
}

async function run(
  lease: Lease,
  argv: readonly string[],
  { name, timeoutMs, signal, take }: StreamOptions,
): Promise<StreamOutput> {
  const at = Date.now();
  const started = performance.now();
  const timeout = AbortSignal.timeout(timeoutMs);
  const stop = AbortSignal.any([signal, lease.lost, timeout]);
  const why = () => {
    if (lease.lost.aborted) return lease.lost.reason;
    if (signal.aborted) return failure('E_ABORTED', lease.hostId);
    return failure('E_COMMAND_TIMEOUT', lease.hostId, { name, seconds: `${timeoutMs / 1000}` });
  };
  const mark = makeMark();
  const channel = await lease.exec(mark.before(argv, name), { signal: stop });
  const { stream, ended } = channel;
  const onStop = () => stream.destroy();
  let said = Buffer.alloc(0);
  let noise: Buffer | null = Buffer.alloc(0);
  let bytes = 0;
  let enough = false;
  try {
    stop.addEventListener('abort', onStop);
    stream.on('error', () => {});
    stream.stderr.on('data', (piece: Buffer) => {
      said = Buffer.concat([said, piece]).subarray(0, STDERR_KEPT);
    });
    const closed = once(stream, 'close').catch(() => undefined);
    stream.end();
    for await (const piece of stream as AsyncIterable<Buffer>) {
      bytes += piece.length;
      let own: Buffer = piece;
      if (noise) {
        noise = Buffer.concat([noise, piece]);
        const found = mark.after(noise);
        if (found === null && noise.length > NOISE) break;
        if (found === null) continue;
        own = found;
        noise = null;
      }
      if (own.length > 0 && (await take(own)) === 'enough') {
        enough = true;
        break;
      }
    }
    if (stop.aborted) throw why();
    if (noise) throw notRun(lease, name, Buffer.concat([noise, said]));
    if (!enough) await closed;
    const end = ended();
    if (!enough && !end) throw failure('E_LOST', lease.hostId, { text: `${name} ended without a status` });
    const exit = enough ? null : (end?.exit ?? null);
    return {
      exit,
      stderr: cleanLine(said.toString('utf8')),
      at,
      durationMs: performance.now() - started,
      bytes,
    };
  } catch (thrown) {
    throw stop.aborted ? why() : thrown;
  } finally {
    stop.removeEventListener('abort', onStop);
    channel.done();
  }
}

/** A line of its own before the first byte; put together on the far side, as run-ssh.ts does and for its reasons. */
function makeMark() {
  const a = randomBytes(4).toString('hex');
  const b = randomBytes(4).toString('hex');
  const line = Buffer.from(`${a}${b}\n`);
  return {
    before: (argv: readonly string[], name: string) =>
      `exec /bin/sh -c ${quoteWord(`printf %s%s\\\\n ${a} ${b};exec "$@"`)} sh ${shellLine(argv, name)}`,
    /** Null while it has not come. */
    after(bytes: Buffer): Buffer | null {
      const found = bytes.indexOf(line);
      return found < 0 ? null : bytes.subarray(found + line.length);
    },
  };
}

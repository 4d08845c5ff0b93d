import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cleanLine } from '@shared/clean';
import { journalled } from '../journal/sending';
import { failure } from '../net/failure';
import type { ExecChannel, Lease } from '../ssh/lease';
import { shellLine } from '../ssh/quote';
import { streamSsh } from '../ssh/stream-ssh';

/** One end of a stream: what a command prints on one host is what a command on another is given. */
export interface StreamEnd {
  lease: Lease;
  /** As it is run: with `sudo -n --` where it needs root. */
  argv: readonly string[];
}
export interface StreamOptions {
  /** Name of the step, for errors and the journal. */
  name: string;
  /** For all of it. */
  timeoutMs: number;
  signal: AbortSignal;
  /** Told how many bytes have passed, as they pass. */
  onBytes(bytes: number): void;
}
export interface Streamed {
  bytes: number;
  /** Of every byte, as counted here and as both ends found it by themselves. */
  sha256: string;
}

/** What both ends share: the checksum is taken beside the command, and how it ended is told last, on standard error. */
const BESIDE = `set -u; umask 077; d=$(mktemp -d) || exit 73; trap 'rm -rf "$d"' EXIT
mkfifo "$d/pipe" || exit 73; sha256sum <"$d/pipe" >"$d/sum" &
told() { wait; read -r sum more <"$d/sum"; echo "sum:$sum" >&2; tail -c 1500 "$d/err" >&2; read -r code <"$d/code"; exit "$code"; }
`;
const SENDS = `${BESIDE}{ "$@" </dev/null 2>"$d/err"; echo $? >"$d/code"; } | tee "$d/pipe"
told`;
const TAKES = `${BESIDE}tee "$d/pipe" 2>/dev/null | { "$@" >/dev/null 2>"$d/err"; echo $? >"$d/code"; }
told`;

const KEPT = 8_192;
/** After its input has ended it has to write what is left and say how it ended. */
const LAST_MS = 120_000;

/**
 * Streams from one host through this desk to another: the two need not reach each other, and nothing is kept here. Both
 * must end with status 0 and must have found the same checksum as this desk. Nothing of it outlives its connections: a
 * broken stream leaves what was written so far, under whatever name the taking command was given, and is begun anew by
 * whoever sent it. Rejects with Failure: E_COMMAND_FAILED (of either end), E_STREAM_DIFFERS, and as runSsh does.
 */
export async function runStream(from: StreamEnd, to: StreamEnd, options: StreamOptions): Promise<Streamed> {
  const { name, timeoutMs, signal, onBytes } = options;
  const broken = new AbortController();
  const stop = AbortSignal.any([signal, broken.signal, AbortSignal.timeout(timeoutMs)]);
  const taking = await openTaking(to, name, stop);
  const sum = createHash('sha256');
  let bytes = 0;
  try {
    const sent = await streamSsh(from.lease, ['sh', '-c', SENDS, 'sh', ...from.argv], {
      name,
      timeoutMs,
      signal: stop,
      async take(piece) {
        if (!(await taking.give(piece))) return 'enough';
        sum.update(piece);
        bytes += piece.length;
        onBytes(bytes);
        return 'more';
      },
    });
    // What it sent is then no whole: whatever the taker makes of it, nobody goes on with it.
    if (sent.exit !== null && sent.exit !== 0) throw failed(from, name, sent.exit, sent.stderr);
    const taken = await taking.end();
    if (taken.exit !== 0) throw failed(to, name, taken.exit, taken.stderr);
    const sha256 = sum.digest('hex');
    for (const { stderr, lease } of [
      { ...sent, lease: from.lease },
      { ...taken, lease: to.lease },
    ])
      if (sumIn(stderr) !== sha256) throw failure('E_STREAM_DIFFERS', lease.hostId, { name });
    return { bytes, sha256 };
  } finally {
    broken.abort();
    taking.close();
  }
}

const sumIn = (stderr: string): string | null => /^sum:([0-9a-f]{64})\b/.exec(stderr)?.[1] ?? null;

const failed = ({ lease }: StreamEnd, name: string, exit: number, stderr: string) =>
  failure('E_COMMAND_FAILED', lease.hostId, {
    name,
    status: `${exit}`,
    text: stderr.replace(/^sum:\S*\s*/, '').slice(0, 500),
  });

interface Taking {
  /** Resolves when more may be given; false: it takes no more. */
  give(piece: Uint8Array): Promise<boolean>;
  /** Ends its input, and resolves with how the command ended. Rejects with E_LOST when nobody tells. */
  end(): Promise<{ exit: number; stderr: string }>;
  close(): void;
}

async function openTaking({ lease, argv }: StreamEnd, name: string, stop: AbortSignal): Promise<Taking> {
  const { hostId: host, user: account, route } = lease;
  const words = ['sh', '-c', TAKES, 'sh', ...argv];
  const channel = await lease.exec(`exec ${shellLine(words, name)}`, { signal: stop, stays: true });
  const { stream, ended } = channel;
  const closed = new Promise<void>((resolve) => stream.once('close', resolve));
  const said = lastWords(channel);
  let isOpen = true;
  void closed.then(() => {
    isOpen = false;
  });
  const onStop = () => stream.destroy();
  stop.addEventListener('abort', onStop);
  const at = Date.now();
  const started = performance.now();
  let bytes = 0;
  const how = async () => {
    await Promise.race([closed, once(AbortSignal.timeout(LAST_MS), 'abort')]);
    const exit = ended()?.exit ?? null;
    if (exit === null) throw failure('E_LOST', host, { text: `${name} ended without a status` });
    return { exit, stderr: said(), at, durationMs: performance.now() - started, bytes };
  };
  const sending = { kind: 'command', host, account, route, name, background: false } as const;
  return {
    async give(piece) {
      if (!isOpen) return false;
      bytes += piece.length;
      if (!stream.write(piece))
        await Promise.race([new Promise((resolve) => stream.once('drain', resolve)), closed]);
      return isOpen;
    },
    end() {
      stream.end();
      const text = shellLine(argv, name);
      return journalled(lease.journal, { ...sending, text }, how, ({ exit }) => exit);
    },
    close() {
      stop.removeEventListener('abort', onStop);
      channel.done();
    },
  };
}

/** The end of its standard error, which is all that is kept; what it prints besides is read and dropped. */
function lastWords({ stream }: ExecChannel): () => string {
  let said = Buffer.alloc(0);
  stream.on('error', () => {});
  stream.resume();
  stream.stderr.on('data', (piece: Buffer) => {
    said = Buffer.concat([said, piece]).subarray(-KEPT);
  });
  return () => {
    const text = said.toString('utf8');
    return cleanLine(text.slice(Math.max(0, text.lastIndexOf('sum:'))));
  };
}

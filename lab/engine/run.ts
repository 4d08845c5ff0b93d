import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { LabError } from './errors';
import { childrenOf, send } from './process-table';

export interface RunOptions {
  /** What the program reads on its standard input; nothing when absent. Secrets go here, never into argv. */
  readonly input?: string | Buffer | Readable;
  readonly env?: Readonly<Record<string, string>>;
  /** Ended with SIGKILL after this time. Milliseconds. */
  readonly timeoutMs?: number;
  /** true: a failing program is returned, not thrown. */
  readonly allowFailure?: boolean;
  /** Called with each piece of standard error as it comes. */
  readonly onStderr?: (text: string) => void;
}

export interface RunResult {
  /** Exit status; 128 + signal number is not computed: a signal gives -1. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs one program by argv (no shell) and waits for it.
 * @throws LabError E_RUN when it cannot be started, fails, or outlives its time (unless `allowFailure`).
 */
export async function run(argv: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const [program, ...args] = argv;
  if (program === undefined) throw new LabError('E_RUN', 'nothing to run');
  const child = spawn(program, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(options.env && { env: { ...options.env } }),
  });
  const timer =
    options.timeoutMs === undefined ? undefined : setTimeout(() => endTree(child.pid), options.timeoutMs);
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr, options.onStderr);
  const fed = feed(child, options.input);
  const status = await new Promise<number>((resolve, reject) => {
    child.on('error', (error) =>
      reject(new LabError('E_RUN', `${program}: ${error.message}`, { cause: error })),
    );
    child.on('close', (code) => resolve(code ?? -1));
  }).finally(() => clearTimeout(timer));
  const inputError = await fed;
  const result = { status, stdout: stdout(), stderr: stderr() };
  if (status !== 0 && !options.allowFailure) throw failed(argv, result);
  // a source that broke is our own failure, even when the reader took the shortened input for good
  if (inputError !== undefined && !options.allowFailure) throw inputError;
  return result;
}

/** Its children first: nsenter's child would live on with our pipes in its hands, and we would wait for it for ever. */
function endTree(pid: number | undefined): void {
  if (pid === undefined) return;
  for (const child of childrenOf(pid)) endTree(child);
  send(pid, 'SIGKILL');
}

function failed(argv: readonly string[], result: RunResult): LabError {
  const said = (result.stderr.trim() || result.stdout.trim()).split('\n').slice(-6).join('\n');
  return new LabError(
    'E_RUN',
    `${argv.slice(0, 14).join(' ')}: ended with ${result.status}${said && `\n${said}`}`,
  );
}

function collect(stream: Readable, tell?: (text: string) => void): () => string {
  const parts: Buffer[] = [];
  stream.on('data', (part: Buffer) => {
    parts.push(part);
    tell?.(part.toString());
  });
  return () => Buffer.concat(parts).toString();
}

async function feed(child: ChildProcess, input: RunOptions['input']): Promise<Error | undefined> {
  const stdin = child.stdin;
  if (!stdin) return undefined;
  if (input === undefined || typeof input === 'string' || Buffer.isBuffer(input)) {
    stdin.on('error', () => {}); // a program may end without reading: its status says whether that was right
    stdin.end(input);
    return undefined;
  }
  try {
    await pipeline(input, stdin);
    return undefined;
  } catch (error) {
    return ENDED_EARLY.has((error as NodeJS.ErrnoException).code ?? '') ? undefined : (error as Error);
  }
}

/** Both ways in which Node says that a program ended without reading all: its status says whether that was right. */
const ENDED_EARLY = new Set(['EPIPE', 'ERR_STREAM_PREMATURE_CLOSE']);

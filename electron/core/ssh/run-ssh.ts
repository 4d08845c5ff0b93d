import type { Lease } from './lease';

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

/**
 * Runs one argv on the host. Rejects with Failure: E_COMMAND_TIMEOUT (it may still run there), E_LOST,
 * E_NO_SHELL (the login shell did not run it), E_CHANNEL, E_ABORTED. A non-zero exit is a value, not an error.
 */
export declare function runSsh(
  lease: Lease,
  argv: readonly [string, ...string[]] | readonly string[],
  options: RunSshOptions,
): Promise<SshOutput>;

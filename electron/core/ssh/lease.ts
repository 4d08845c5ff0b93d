import type { Duplex } from 'node:stream';
import type { AppError } from '@shared/errors';
import type { ClientChannel } from 'ssh2';
import type { Journal } from '../ports';
import type { Resident } from './resident-shell';
import type { PresentedHostKey } from './scan-host-key';

/** Which of a host's two accounts: the one that looks, or the one that acts. */
export type Account = 'read' | 'act';

/** The host key that was verified, and the rule that accepted it. */
export interface VerifiedHostKey {
  /** SHA256:… as ssh-keygen -l prints it. */
  fingerprint: string;
  /** ssh-ed25519, … */
  type: string;
  /** "estate", or "FILE:LINE" of a known_hosts. */
  by: string;
}

/** What a host shows as its key, where it was reached, and which file would record it. */
export interface HostKeyOffer extends PresentedHostKey {
  hostId: string;
  host: string;
  port: number;
  knownHosts: string;
}

export type SessionState =
  | { state: 'idle' }
  | { state: 'connecting'; since: number }
  /** A person is being asked. */
  | { state: 'awaiting-answer'; since: number }
  | { state: 'ready'; since: number; hostKey: VerifiedHostKey; route: string }
  /** Was ready; the link broke. The next acquire connects anew. */
  | { state: 'lost'; at: number; error: AppError }
  | { state: 'failed'; at: number; error: AppError }
  | { state: 'closed' };

/**
 * The right to use one SSH connection. Held by any number of callers; the connection closes a while after
 * the last has released. Every method rejects with E_LOST once the link is gone: release, acquire anew.
 */
export interface Lease {
  readonly hostId: string;
  readonly account: Account;
  /** Login name at the server. */
  readonly user: string;
  /** "ssh patronus@127.0.10.1:2200", with jumps "ssh a@gate:22 → b@10.0.0.5:22". */
  readonly route: string;
  readonly hostKey: VerifiedHostKey;
  /** What is sent over it is written here, by whoever sends it. */
  readonly journal: Journal;
  /** The connection's one shell that stays; only resident-shell.ts uses it. */
  readonly resident: Resident;
  /**
   * Opens an exec channel. Only run-ssh.ts, stream-ssh.ts, resident-shell.ts, runbook/remote-stream.ts and stream.ts call it: everybody else
   * uses runSsh. Waits for a free channel (8 per connection); one that `stays` gives its place back as soon as it is open.
   */
  exec(command: string, options: { signal: AbortSignal; stays?: boolean }): Promise<ExecChannel>;
  /** A TCP connection as opened by the server's sshd. Rejects E_FORWARD_REFUSED, E_LOST, E_ABORTED. */
  forward(host: string, port: number, options: { signal: AbortSignal }): Promise<Duplex>;
  /** Does the server answer a question that changes nothing before the signal aborts? No command is run there. */
  answers(signal: AbortSignal): Promise<boolean>;
  /** Aborts when the link is lost or the session is closed; `reason` is a Failure. */
  readonly lost: AbortSignal;
  /** May be called more than once. */
  release(): void;
}
export interface ExecChannel {
  stream: ClientChannel;
  /** How the command ended; null while it runs, or when the channel closed without saying. */
  ended(): { exit: number | null; killedBy: string | null } | null;
  /** Gives the channel's place to the next in the queue; closes the channel. */
  done(): void;
}

export interface AcquireOptions {
  account: Account;
  /** True for polling: it never asks a person; where an answer is needed it rejects with E_NEEDS_ANSWER. */
  background: boolean;
  signal: AbortSignal;
}

export interface Sessions {
  /** A lease on a ready connection. Concurrent calls share one attempt. Rejects with Failure. */
  acquire(hostId: string, options: AcquireOptions): Promise<Lease>;
  state(hostId: string, account: Account): SessionState;
  /** The key that a host presents now, read without logging in; for `patronus trust`. Rejects with Failure. */
  presentedKey(hostId: string, options: { signal: AbortSignal }): Promise<HostKeyOffer>;
  /** Told of each change of state; returns the unsubscriber. */
  onChange(listener: (hostId: string, account: Account, state: SessionState) => void): () => void;
  /** The desk slept: no connection is lent again before its server has answered once more. */
  suspect(): void;
  /** A person has done something about it: background looks may try again what had failed. */
  retry(): void;
  /** Refuses new work, waits up to `drainMs` (default 2 000) for running commands, then closes. */
  dispose(options?: { drainMs?: number }): Promise<void>;
}

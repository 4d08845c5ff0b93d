import type { Question } from '@shared/contract';
import type { AppError } from '@shared/errors';
import type { JournalEvent } from '@shared/journal/entry';
import type { KeepChoice } from '@shared/secrets/schema';

/**
 * The only seams of the core: everything else in it is real in every test. `ports-node.ts` has the real
 * ones; a headless program refuses questions, a test gives its own home and clock.
 */

export interface Clock {
  /** Epoch milliseconds: for what people read. */
  now(): number;
  /** Milliseconds that never jump: for durations and deadlines. */
  monotonic(): number;
  /** Resolves after `ms`, or at once when `signal` aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/**
 * What a log line may hold. There is no free text and no `...rest`: a secret has no field to slip into.
 * Values come from the estate or are coded errors, whose messages never hold a secret.
 */
export interface LogFields {
  host?: string;
  account?: string;
  /** Name of the probe, statement or step; never its text. */
  name?: string;
  address?: string;
  port?: number;
  state?: string;
  durationMs?: number;
  bytes?: number;
  count?: number;
  error?: AppError;
}
export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
}

/** What the console asks a person, before it has an id. `prompt` is the server's own text, cleaned, or empty. */
export type AskQuestion = Omit<Question, 'id'>;
export interface Answer {
  text: string;
  /** How long it may live; of a one-time code or the vault's passphrase nothing is ever kept. */
  keep: KeepChoice;
}
export interface Ask {
  /** The answer, or null when the person declined. Rejects only with the signal's reason. */
  secret(question: AskQuestion, options: { signal: AbortSignal }): Promise<Answer | null>;
}

/** Every place outside the estate file that the core reads. A test gives a directory of its own. */
export interface Paths {
  home: string;
  /** Where the console keeps settings, ledger and recordings. */
  dataDir: string;
  /** The person's own known_hosts. */
  knownHosts: string;
  /** The person's own ssh_config; null: none is read. */
  sshConfig: string | null;
  /** Socket of the SSH agent; null: there is none. */
  agentSocket: string | null;
  /** Environment for `env:NAME` references. */
  env: Readonly<Record<string, string | undefined>>;
}

/**
 * What the console did, for ever: see shared/journal/entry.ts. The events have no field that a secret could
 * reach, and whoever writes one adds none.
 */
export interface Journal {
  /** Writes it down at most 1 s later; never waits and never fails. `at` is when it happened: now, when left out. */
  note(event: JournalEvent, at?: number): void;
  /**
   * Resolves when it is on disk to stay. To be awaited before anything is changed on a server; when it rejects
   * (Failure E_JOURNAL_WRITE), nothing may be changed.
   */
  commit(event: JournalEvent): Promise<void>;
}

export interface Ports {
  clock: Clock;
  log: Log;
  ask: Ask;
  paths: Paths;
  journal: Journal;
}

import type { Decision } from '@shared/runbook/events';
import type { RunPlan } from '@shared/runbook/plan';
import type { Reading, RunState, RunView } from '@shared/runbook/state-model';
import type { SqlSession } from '../sql/sql-session';
import type { Lease } from '../ssh/lease';

/** The seams between the parts of the core that act. Everything here takes and gives plain values. */

/** The connections of one run, by the acting accounts, opened before it begins and held until it ends. */
export interface Crew {
  hands(target: string): Hands;
  /** Opens what is not open, everywhere at once. Rejects with Failure, naming the host. */
  open(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}
export interface Hands {
  readonly target: string;
  readonly host: string;
  /** For intents: the SSH account, and the SQL one where there is one. */
  readonly account: string;
  /** A living connection; made anew when the one before was lost. */
  lease(signal: AbortSignal): Promise<Lease>;
  /** The session on which steps act: the plan's `session` statements were sent on it first. Null: only SSH. */
  readonly main: SqlSession | null;
  /** For killing what hangs on the first, for the lease, and for looking. */
  readonly second: SqlSession | null;
  /** Connection ids of all SQL sessions of this run on this server, as text. */
  sessionIds(signal: AbortSignal): Promise<string[]>;
}

/** What lets a run begin: main's own surface, or the command line's --confirm. */
export interface Confirmation {
  fingerprint: string;
  /** What the person typed; compared without case and accents. */
  typed: string;
}

/** All runs of one estate, of this console. Rejects with Failure; its codes are in docs/OPERATIONS.md. */
export interface Runs {
  /** Every run of this estate that the journal of this desk knows. */
  list(): Promise<RunState[]>;
  /**
   * The runs that were never ended, as the servers tell: asks every host that has an acting account. What a server keeps
   * and cannot be used is left out here; taking it over says why. Those that this desk does not know are told to whoever
   * listens, and can be viewed from then on. `background`: no person is asked for anything.
   */
  onServers(signal: AbortSignal, how?: { background: boolean }): Promise<RunState[]>;
  view(id: string): Promise<RunView>;
  /** Facts and preconditions of a plan as they are now; opens the acting connections, changes nothing. */
  readings(plan: RunPlan, signal: AbortSignal): Promise<Reading[]>;
  /**
   * Confirms name and fingerprint, takes the lease, reads facts and preconditions once more (E_DRIFT, E_PRECONDITION
   * name every difference), writes plan and lease to `keptOn`, and begins. Resolves when it has begun.
   */
  start(plan: RunPlan, confirmation: Confirmation): Promise<string>;
  /** Goes on with a run that stopped: what is unknown is probed first. Resolves when it has begun. */
  resume(id: string): Promise<void>;
  /** Takes back what was done, top first. E_PAST_NO_RETURN when it cannot be. */
  undo(id: string): Promise<void>;
  /** Begins nothing: gives the lease up and says that others see to it. */
  handOver(id: string): Promise<void>;
  /** Takes a run whose console is gone from what the servers keep of it; then resume or undo. */
  takeOver(id: string): Promise<void>;
  /** After the current step; at once when it waits. */
  hold(id: string, on: boolean): Promise<void>;
  /** How fast that step may go at most; E_THROTTLE when it knows no such level, or is over. */
  throttle(id: string, step: string, level: number): Promise<void>;
  /** `typed`: for a gate that wants it; E_RUN_NAME when it is something else. */
  decide(
    id: string,
    step: string,
    decision: Extract<Decision, 'go' | 'no-go' | 'again' | 'enough'>,
    typed?: string,
  ): Promise<void>;
  /** Resolves when nothing of this run acts any more. */
  ended(id: string): Promise<RunState>;
  onChange(listener: (view: RunView) => void): () => void;
  /** The desk slept: what acts is held after its current step. */
  woke(): Promise<void>;
  /**
   * Nothing new begins; what acts ends its current step and stays resumable. Where writers are kept waiting, all is
   * taken back first, as long as it can be.
   */
  dispose(): Promise<void>;
}

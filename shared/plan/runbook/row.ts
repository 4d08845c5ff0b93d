import type { PlanStep, StepRole } from '../../views/plan';
import type { EstateFacts } from './estate-facts';

/** How a step's duration is found. */
export type Work =
  /** People's work: only they can say; the input is `steps/<id>`. */
  | { kind: 'stated' }
  /** Bytes at a rate. `rate` "link" is the effective throughput of the link. */
  | { kind: 'bytes'; size: string; rate: string }
  | { kind: 'time'; input: string }
  | { kind: 'perFile'; files: string; each: string }
  /** Delta passes of a file tree, after the first: all of them, or the last one alone. */
  | { kind: 'passes'; set: string; which: 'all' | 'last' };

/** When the runbook begins a step: days from the day of the cutover, minutes from T0, or minutes after the promotion. */
export type When = { days: number } | { minutes: number } | { afterPromotion: number };

/** Rows of the runbook, by the name under which its texts stand; of the way back, those that begin with `back-`. */
export const ROW_IDS = [
  'inventory',
  'assess',
  'build',
  'measure',
  'dump',
  'send-dump',
  'load',
  'scan',
  'copy',
  'per-file',
  'passes',
  'deploy',
  'rehearse',
  'rehearse-again',
  'announce',
  'lower-ttl',
  'compare',
  'compare-files',
  'quiet',
  'stop-jobs',
  'warm',
  'gate-1',
  'freeze',
  'read-only',
  'close-shares',
  'final-pass',
  'verify',
  'drain',
  'gate-2',
  'promote',
  'reverse',
  'reverse-files',
  'switch',
  'sessions',
  'check',
  'gate-3',
  'open',
  'client-tail',
  'watch',
  'resume',
  'keep',
  'retire',
  'back-fence',
  'back-drain',
  'back-promote',
  'back-files',
  'back-switch',
  'back-check',
  'back-open',
] as const;
export type RowId = (typeof ROW_IDS)[number];

/** What a row is done for, once each: `id` ends the id of its step. */
export type Each = 'databases' | 'trees' | 'sessions' | 'policies';

export type Role = StepRole['role'];

/** One row of the runbook; an estate makes no, one or several steps of it. */
export interface Row {
  id: RowId;
  /** Its number in the runbook. */
  number: string;
  when: When;
  phase: PlanStep['phase'];
  track: PlanStep['track'];
  owner: Role;
  backup: Role;
  /** A step for each of these; none where the estate has none. */
  each?: Each;
  /** Left out where the estate has nothing to do for it. */
  only?: (facts: EstateFacts) => boolean;
  /**
   * Rows that come before: all their steps. `same:` where only the step of the same data set does. A row of which the
   * estate has no step stands for what it needs itself.
   */
  needs: readonly (RowId | `same:${RowId}`)[];
  gate?: 'G1' | 'G2' | 'G3';
  nature: PlanStep['nature'];
  /** Going back is free up to and with this row. */
  lastFreeAbort?: true;
  /** Undoing takes time that somebody has to say: the input is `undo/<id>`. */
  undoIsTimed?: true;
  work?: (id: string) => Work;
}

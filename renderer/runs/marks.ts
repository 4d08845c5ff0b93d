import type { RunState, StepState } from '@shared/runbook/state-model';
import type { Mark } from '../ui/marks';

/** The shape of each state of a step; its word stands beside it. */
export const MARK_OF_STEP: Readonly<Record<StepState['state'], Mark>> = {
  pending: 'todo',
  running: 'progress',
  waiting: 'person',
  done: 'proved',
  failed: 'critical',
  unknown: 'unknown',
  undoing: 'progress',
  undone: 'undone',
  'undo-failed': 'critical',
};

export const MARK_OF_RUN: Readonly<Record<RunState['status'], Mark>> = {
  running: 'progress',
  holding: 'person',
  waiting: 'person',
  undoing: 'progress',
  stopped: 'attention',
  done: 'proved',
  undone: 'undone',
  left: 'note',
};

/** Somebody has to do something, or something is being done. */
export const isOpen = ({ status }: Pick<RunState, 'status'>): boolean =>
  status !== 'done' && status !== 'undone' && status !== 'left';

import type { Value } from '@shared/runbook/command';
import type { Judges } from '@shared/runbook/judge';
import type { RunPlan } from '@shared/runbook/plan';
import type { Reading } from '@shared/runbook/state-model';
import type { Clock } from '../ports';
import type { RunCrew } from './crew';
import type { DeskReadings } from './desk';
import type { RunLog } from './run-log';
import type { SentLog } from './sent-log';
import type { Pace } from './throttle';
import type { ThrottleAsks } from './throttle-asks';

/** What every part of a run works with. */
export interface RunContext {
  readonly id: string;
  readonly plan: RunPlan;
  readonly crew: RunCrew;
  readonly judges: Judges;
  readonly desk: DeskReadings;
  readonly clock: Clock;
  readonly log: RunLog;
  readonly sent: SentLog;
  /** Ends what acts: only when the connections are closed. */
  readonly acts: AbortSignal;
  /** How far a step is, as far as it tells. */
  readonly progress: Map<string, { done: number; total: number | null; unit: string }>;
  /** What gates that wait have shown last. */
  readonly readings: Map<string, Reading[]>;
  /** How fast steps go that can be slowed down. */
  readonly paces: Map<string, Pace>;
  /** What people at other programs of this desk asked for. */
  readonly asks: ThrottleAsks;
}

const OWN = /^own:(.+)$/;

/** What commands know: the outputs of steps, `fresh` before them, and which connections are the run's own. */
export function outputOf(
  { log, crew }: Pick<RunContext, 'log' | 'crew'>,
  fresh: Readonly<Record<string, string>>,
): (name: string) => string | null {
  return (name) => {
    const own = OWN.exec(name)?.[1];
    if (own !== undefined) {
      const { main, second } = crew.hands(own);
      return [main, second].flatMap((session) => session?.connectionId ?? []).join(',');
    }
    return fresh[name] ?? log.state().outputs[name] ?? null;
  };
}

/** The same for what is shown: a column is known only when its row is there. */
export const shownBy =
  (output: (name: string) => string | null) =>
  (value: Extract<Value, { kind: 'output' | 'column' }>): string | null =>
    value.kind === 'output' ? output(value.name) : null;

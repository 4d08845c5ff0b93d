import type { Estate } from '@shared/estate/schema';
import type { RunEvent, TimedEvent } from '@shared/runbook/events';
import type { RunPlan } from '@shared/runbook/plan';
import { missingThere } from '@shared/runbook/remote-record';
import { failure } from '../net/failure';
import type { Ports } from '../ports';
import type { Sessions } from '../ssh/lease';
import type { Crew } from './api';
import { takeLease } from './lease';
import { keepRemotely } from './remote-record';
import { findRemoteRuns, foundOf, readRemoteRuns } from './remote-runs';
import type { StoredRuns } from './stored-runs';
import { undoList } from './undo-list';

export interface TakeOverOptions {
  estate: Estate;
  dataDir: string;
  /** user@workstation */
  who: string;
  sessions: Sessions;
  stored: Pick<StoredRuns, 'plans' | 'events'>;
  ports: Pick<Ports, 'clock' | 'journal' | 'log'>;
  crew(plan: RunPlan): Crew;
}

/**
 * Brings a run whose console is gone to this desk: its plan into the store, its events into the journal, each with who
 * wrote it and when, and then the word that it was taken over, here and on the servers. Nothing is resumed or undone by
 * it. Rejects with Failure: E_NO_RUN, E_LEASE_HELD (its console is not gone), E_KEPT_RUN (what the servers keep cannot be
 * used), and what reaching them rejects with.
 */
export async function takeOver(id: string, options: TakeOverOptions, signal: AbortSignal): Promise<void> {
  const { estate, dataDir, who, sessions, stored, ports } = options;
  const { clock, journal, log } = ports;
  const found = (await findRemoteRuns(estate, sessions, log, { signal })).find((run) => run.id === id);
  if (!found) throw failure('E_NO_RUN', null, { id });
  if (!found.joined.ok) throw failure('E_KEPT_RUN', null, { name: id, what: found.joined.why });
  const { plan } = found.joined;
  const crew = options.crew(plan);
  try {
    await crew.open(signal);
    const lease = await takeLease({ plan, runId: id, crew, who, clock, signal, dataDir, over: id });
    try {
      // Now nobody else writes: what stands there is all there is.
      const there = await readAgain(id, plan, crew, signal);
      const ours = await stored.events(id, signal).catch(() => []);
      await stored.plans.save(id, plan);
      const events: TimedEvent[] = [...ours];
      for (const { at, who: by, taken, ...what } of missingThere(ours, there)) {
        const event: RunEvent = { ...what, taken: taken ?? { at, who: by } };
        await journal.commit(event);
        events.push({ ...event, at, who: by });
      }
      const text = found.by ?? there[0]?.who ?? '';
      const decided: RunEvent = { kind: 'run-decided', run: id, decision: 'take-over', text };
      await journal.commit(decided);
      events.push({ ...decided, at: clock.now(), who });
      const undo = undoList(plan);
      const keeper = await keepRemotely({ plan, runId: id, crew, events, undo, clock, log, signal });
      keeper.close();
    } finally {
      await lease.release();
    }
  } finally {
    await crew.close();
  }
}

async function readAgain(id: string, plan: RunPlan, crew: Crew, signal: AbortSignal): Promise<TimedEvent[]> {
  const kept = await Promise.all(
    plan.keptOn.map(async (target) => {
      const one = (await readRemoteRuns(await crew.hands(target).lease(signal), signal)).get(id);
      return one ?? [];
    }),
  );
  const { joined } = foundOf(id, kept.flat());
  if (!joined.ok) throw failure('E_KEPT_RUN', null, { name: id, what: joined.why });
  return joined.events;
}

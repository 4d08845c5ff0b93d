import { randomBytes } from 'node:crypto';
import { toAppError } from '@shared/errors';
import type { Estate } from '@shared/estate/schema';
import type { RunEvent } from '@shared/runbook/events';
import { fingerprintOf, planHash } from '@shared/runbook/fingerprint';
import type { Judges } from '@shared/runbook/judge';
import type { RunPlan } from '@shared/runbook/plan';
import { runStateOf } from '@shared/runbook/state';
import type { RunState, RunView } from '@shared/runbook/state-model';
import { problemsOf } from '@shared/runbook/validate';
import { digest } from '../journal/digest';
import type { Dialer } from '../net/dial';
import { failure } from '../net/failure';
import type { Ports } from '../ports';
import type { SecretStore } from '../secrets/secret-store';
import type { Sessions } from '../ssh/lease';
import { type ActiveRun, type ActiveRunOptions, beginRun } from './active-run';
import type { Confirmation, Runs } from './api';
import { endLeftovers, plainName, throwIfDrifted } from './before-a-run';
import type { RunContext } from './context';
import { createCrew } from './crew';
import { createCrews } from './crews';
import { decideStep, holdRun, throttleRun } from './decide';
import type { DeskReadings } from './desk';
import { readingsOf } from './readings';
import { findRemoteRuns } from './remote-runs';
import { createRunLog } from './run-log';
import { createRunViews, lastViewOf, storedView, viewElsewhere, viewOf } from './run-views';
import { createSentLog } from './sent-log';
import { createStoredRuns } from './stored-runs';
import { takeOver } from './take-over';
import { NO_ASKS } from './throttle-asks';

export interface RunsOptions {
  estate: Estate;
  estateDir: string;
  dataDir: string;
  /** user@workstation */
  who: string;
  sessions: Sessions;
  dialer: Dialer;
  secrets: SecretStore;
  ports: Ports;
  /** What each procedure brings along, by its name. */
  judges: Readonly<Record<string, Judges>>;
  /** The same for what the console reads by itself. */
  desk?: Readonly<Record<string, DeskReadings>>;
}

/** All runs of one estate. Opens and reads nothing before it is asked to. */
export function createRuns(options: RunsOptions): Runs {
  const { estate, ports, who, dataDir } = options;
  const { clock, journal } = ports;
  const stored = createStoredRuns(dataDir, estate.estate, () => clock.now());
  const crews = createCrews((plan) => createCrew({ ...options, plan }));
  const active = new Map<string, ActiveRun>();
  /** Subjects of which a run is about to begin. */
  const beginning = new Set<string>();
  /** Of other desks, as the servers told when they were last asked. */
  const elsewhere = new Map<string, RunView>();
  const ended = new AbortController();
  /** Runs that are about to begin, to be broken off when the console ends. */
  const openings = new Set<AbortController>();
  let closing = false;

  const broughtBy = ({ procedure }: RunPlan): { judges: Judges; desk: DeskReadings } => ({
    judges: options.judges[procedure] ?? {},
    desk: options.desk?.[procedure] ?? {},
  });

  const views = createRunViews((id) => active.get(id));

  async function list(): Promise<RunState[]> {
    const states = await stored.list(ended.signal);
    return states.map((state) => active.get(state.id)?.context.log.state() ?? state);
  }

  /** One run of a subject at a time, and nobody begins one twice by pressing twice. */
  async function alone<T>(plan: RunPlan, id: string, work: () => Promise<T>): Promise<T> {
    const { subject } = plan;
    if (closing) throw failure('E_CLOSED', null);
    if (beginning.has(subject)) throw failure('E_RUN_BUSY', null, { id });
    beginning.add(subject);
    try {
      return await work();
    } finally {
      beginning.delete(subject);
    }
  }

  async function begin(
    id: string,
    plan: RunPlan,
    how: Pick<ActiveRunOptions, 'before' | 'check' | 'decided' | 'back'> & { over?: string },
  ): Promise<void> {
    const opening = new AbortController();
    openings.add(opening);
    const run = await beginRun({
      id,
      plan,
      crew: crews.take(plan),
      ...broughtBy(plan),
      who,
      ports,
      dataDir,
      signal: opening.signal,
      onChange: () => views.changed(id),
      ...how,
    }).finally(() => openings.delete(opening));
    active.set(id, run);
    if (closing) run.control.leave();
    views.tell(viewOf(run));
    void run.ended.then(() => {
      active.delete(id);
      views.tell(lastViewOf(run));
    });
  }

  async function start(plan: RunPlan, { typed, fingerprint }: Confirmation): Promise<string> {
    const [problem] = problemsOf(plan);
    if (problem !== undefined) throw failure('E_PLAN_INVALID', null, { text: problem });
    if (plan.estate !== estate.estate || fingerprint !== fingerprintOf(plan, digest))
      throw failure('E_PLAN_CHANGED', null, { id: plan.subject });
    if (plainName(typed) !== plainName(plan.confirm))
      throw failure('E_RUN_NAME', null, { expected: plan.confirm });
    return alone(plan, plan.subject, async () => {
      const open = (await list()).find((state) => state.subject === plan.subject && state.closedAt === null);
      if (open) throw failure('E_RUN_OPEN', null, { name: plan.subject, id: open.id });
      const id = newId(clock.now());
      await stored.plans.save(id, plan);
      const { procedure, subject } = plan;
      const opened: RunEvent = {
        kind: 'run-opened',
        run: id,
        procedure,
        estate: plan.estate,
        subject,
        plan: planHash(plan, digest),
        fingerprint,
      };
      await begin(id, plan, {
        before: [],
        decided: [opened, { kind: 'run-decided', run: id, decision: 'start', text: typed }],
        check: (context) => throwIfDrifted(context, ended.signal),
        back: false,
      });
      return id;
    });
  }

  /** Goes on, or back, with a run that nobody acts on. */
  async function goOn(id: string, decision: 'resume' | 'undo'): Promise<void> {
    const { plan, events, state } = await stored.get(id, ended.signal);
    await alone(plan, id, async () => {
      if (active.has(id)) throw failure('E_RUN_BUSY', null, { id });
      if (state.closedAt !== null) throw failure('E_RUN_CLOSED', null, { id });
      if (decision === 'undo' && state.pastNoReturn) throw failure('E_PAST_NO_RETURN', null, { id });
      const resumed: RunEvent = { kind: 'run-decided', run: id, decision: 'resume' };
      const undone: RunEvent = { kind: 'run-decided', run: id, decision: 'undo' };
      const taken = events.some(
        (event) => event.kind === 'run-decided' && event.decision === 'take-over' && event.who === who,
      );
      await begin(id, plan, {
        before: events,
        decided: [resumed, ...(decision === 'undo' ? [undone] : [])],
        check: (context) => endLeftovers(context, ended.signal),
        back: decision === 'undo',
        ...(taken ? { over: id } : {}),
      });
    });
  }

  /** Says so on the servers too where they can be reached; a run whose servers are gone is closed all the same. */
  async function closeElsewhere(id: string, words: readonly RunEvent[]): Promise<void> {
    const { plan, events, state } = await stored.get(id, ended.signal);
    if (state.closedAt !== null) throw failure('E_RUN_CLOSED', null, { id });
    const nothing = async () => {};
    try {
      await begin(id, plan, { before: events, decided: words, check: nothing, back: false });
      await active.get(id)?.ended;
    } catch (thrown) {
      const { code } = toAppError(thrown);
      if (code === 'E_LEASE_HELD' || code === 'E_RUN_TAKEN' || code === 'E_JOURNAL_WRITE') throw thrown;
      for (const event of words) await journal.commit(event);
    }
  }

  return {
    list,
    async onServers(signal, { background } = { background: false }) {
      const found = await findRemoteRuns(estate, options.sessions, ports.log, { signal, background });
      const there = found.flatMap(viewElsewhere);
      const known = new Set((await list()).map(({ id }) => id));
      elsewhere.clear();
      for (const view of there) {
        // One that was begun here and taken by another desk is theirs.
        if (known.has(view.state.id) && view.elsewhere === who) continue;
        elsewhere.set(view.state.id, view);
        views.tell(view);
      }
      return there.map(({ state }) => state);
    },
    async view(id) {
      const run = active.get(id);
      if (run) return viewOf(run);
      const other = elsewhere.get(id);
      if (other) return other;
      return storedView(await stored.get(id, ended.signal));
    },
    readings: (plan, signal) =>
      crews.use(plan, async (crew) => {
        await crew.open(signal);
        return readingsOf(lookingContext(plan, crew), signal);
      }),
    start,
    resume: (id) => goOn(id, 'resume'),
    async undo(id) {
      const run = active.get(id);
      if (!run) return goOn(id, 'undo');
      if (run.context.log.state().pastNoReturn) throw failure('E_PAST_NO_RETURN', null, { id });
      run.control.takeBack(who);
    },
    async handOver(id) {
      const run = active.get(id);
      const words = handedOver(id);
      if (run) {
        const { status } = run.context.log.state();
        if (status === 'running' || status === 'undoing') throw failure('E_RUN_BUSY', null, { id });
        for (const event of words) await run.context.log.commit(event);
        run.control.leave();
        return run.ended;
      }
      await closeElsewhere(id, words);
    },
    async takeOver(id) {
      if (active.has(id)) throw failure('E_RUN_BUSY', null, { id });
      const crew = (plan: RunPlan) => createCrew({ ...options, plan });
      await takeOver(id, { ...options, stored, crew }, ended.signal);
      elsewhere.delete(id);
      views.tell(storedView(await stored.get(id, ended.signal)));
    },
    async hold(id, on) {
      const run = active.get(id);
      if (!run) throw failure('E_NO_RUN', null, { id });
      await holdRun(run, on, who);
    },
    async throttle(id, step, level) {
      const run = active.get(id);
      if (!run) throw failure('E_NO_RUN', null, { id });
      await throttleRun(run.context, step, level, who);
    },
    async decide(id, step, decision, typed) {
      const run = active.get(id);
      if (!run) throw failure('E_NOT_ASKED', null, { id, name: step });
      await decideStep(run, step, decision, { by: who, typed: typed ?? null });
    },
    async ended(id) {
      const run = active.get(id);
      await run?.ended;
      if (run) return runStateOf(run.context.plan, run.context.log.events, false);
      return (await stored.get(id, ended.signal)).state;
    },
    onChange: (listener) => views.onChange(listener),
    async woke() {
      // Steps that were under way find out by themselves what became of them; nothing new begins before somebody looks.
      for (const run of active.values()) await holdRun(run, true, who, 'woke').catch(() => {});
    },
    async dispose() {
      closing = true;
      for (const opening of openings) opening.abort();
      const all = [...active.values()];
      for (const { control } of all) control.leave();
      await Promise.all(all.map((run) => run.ended));
      ended.abort();
      await crews.close();
    },
  };

  /** For looking alone: nothing is written down by it, because nothing is done. */
  function lookingContext(plan: RunPlan, crew: RunContext['crew']): RunContext {
    const onEvent = () => {};
    // At a gate of a run that is under way, what its steps have saved is part of the question.
    const own = [...active.values()].find(({ context }) => context.plan.madeAt === plan.madeAt);
    const log = createRunLog({ plan, before: own?.context.log.events ?? [], who, clock, journal, onEvent });
    const sent = createSentLog(() => clock.now(), onEvent);
    const nothing = { id: '', asks: NO_ASKS, progress: new Map(), readings: new Map(), paces: new Map() };
    return { plan, crew, ...broughtBy(plan), clock, log, sent, acts: ended.signal, ...nothing };
  }
}

/** Sorts by the time at which it was begun. */
function newId(now: number): string {
  const [day = '', time = ''] = new Date(now).toISOString().replaceAll(/[-:]/g, '').split(/[T.]/);
  return `r${day}-${time}-${randomBytes(3).toString('hex')}`;
}

const handedOver = (run: string): RunEvent[] => [
  { kind: 'run-decided', run, decision: 'hand-over' },
  { kind: 'run-closed', run, end: 'left' },
];

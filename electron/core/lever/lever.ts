import { assertNever, toAppError } from '@shared/errors';
import {
  closedBecause,
  isOpen,
  type Moment,
  type OpenLever,
  procedureOf,
  type SecondPerson,
  titleOf,
} from '@shared/lever/open-lever';
import { asPredicted, readingPlan } from '@shared/lever/run-readings';
import type { RunPlan } from '@shared/runbook/plan';
import type { Reading } from '@shared/runbook/state-model';
import type { Lever, LeverRequest } from '@shared/views/lever';
import { failure } from '../net/failure';
import type { Clock } from '../ports';
import type { Runs } from '../runbook/api';

/** What a lever stands on. */
export interface LeverOptions {
  clock: Clock;
  armed(): boolean;
  /** A plan of this console by its hash. @throws Failure E_NO_PLAN */
  plan(hash: string): RunPlan;
  runs: Pick<Runs, 'readings' | 'view' | 'onChange' | 'resume' | 'undo' | 'handOver' | 'takeOver' | 'decide'>;
  /** Begins a plan in the name of what was typed; resolves with the run's id when it has begun. */
  start(plan: string, typed: string): Promise<string>;
  /** Whether a plan wants a second person, and has one. */
  secondPerson(plan: string): Promise<SecondPerson>;
  /** A text that nobody can guess. */
  token(): string;
  /** Something of it is different now: who shows it asks again. */
  onChange(): void;
  /** Time has gone by, nothing else: ages are different now. */
  onTick(): void;
}

/** How often facts are read again while it lies open. */
const READ_EVERY_MS = 1_000;
/** How often ages are told again, so that a button closes when they grow too old. */
const TELL_EVERY_MS = 250;

/**
 * The lever of one estate: at most one lies before somebody at a time. Whoever holds its token and pulls it while
 * its button is open makes it act, once. The token is given to main's own surface alone; it dies when it is used,
 * when the lever is closed, and with the plan it belongs to.
 */
export class LeverDesk {
  private readonly options: LeverOptions;
  private lever: OpenLever | null = null;
  private token = '';
  /** Ends what is done for the lever that lies open. */
  private closing = new AbortController();
  private readonly stopListening: () => void;

  constructor(options: LeverOptions) {
    this.options = options;
    this.stopListening = options.runs.onChange((view) => {
      if (this.lever?.run?.state.id === view.state.id) this.change({ run: view });
    });
  }

  /**
   * Lays a lever before the person, instead of any other.
   * @throws Failure E_DISARMED, E_NO_PLAN, or what reading a run can say.
   */
  async open(request: LeverRequest): Promise<Lever> {
    this.close();
    if (!this.options.armed()) throw failure('E_DISARMED', null);
    const { signal } = this.closing;
    const start = request.act === 'start';
    const run = start ? null : await this.options.runs.view(request.run);
    const plan = run ? run.plan : this.options.plan(start ? request.plan : '');
    const secondPerson: SecondPerson = start
      ? await this.options.secondPerson(request.plan)
      : { state: 'not-wanted' };
    // Another one may have been asked for meanwhile: that one lies there now.
    if (signal.aborted) return this.view();
    this.lever = {
      request,
      plan,
      run,
      confirm: confirmOf(request, plan, run?.elsewhere ?? run?.state.by ?? null),
      typed: '',
      attempt: 1,
      readings: [],
      mustHold: start,
      secondPerson,
      placedAt: this.options.clock.monotonic(),
      busy: false,
      started: null,
      error: null,
    };
    this.token = this.options.token();
    void this.read(request, plan, signal);
    void this.tell(signal);
    this.options.onChange();
    return this.view();
  }

  /** Leaves everything as it is. */
  close(): void {
    this.closing.abort();
    this.closing = new AbortController();
    this.token = '';
    if (this.lever === null) return;
    this.lever = null;
    this.options.onChange();
  }

  /** Closes the lever when it lies on this plan: there is a newer one. */
  planGone(hash: string): void {
    const request = this.lever?.request;
    if (request?.act === 'start' && request.plan === hash && !this.lever?.busy) this.close();
  }

  dispose(): void {
    this.stopListening();
    this.close();
  }

  /** For the surface: the lever with what stands on it, and the token that pulls it. Null: there is none. */
  state(): { lever: OpenLever; token: string; armed: boolean; moment: Moment } | null {
    if (!this.lever || this.lever.started !== null) return null;
    return { lever: this.lever, token: this.token, armed: this.options.armed(), moment: this.moment() };
  }

  /** For the page: never the token. */
  view(): Lever {
    if (!this.lever) return { state: 'closed' };
    const { request, confirm, readings, started, error } = this.lever;
    return {
      state: 'open',
      request,
      title: titleOf(this.lever),
      procedure: procedureOf(this.lever),
      confirm,
      readings: [...readings],
      closedBecause: closedBecause(this.lever, this.options.armed(), this.moment()),
      started,
      error,
    };
  }

  /** The surface lies somewhere else now: nothing counts before it has settled. */
  placed(): void {
    this.change({ placedAt: this.options.clock.monotonic() });
  }

  /** What stands in the field. */
  type(typed: string): void {
    if (this.lever && !this.lever.busy) this.change({ typed, error: null });
  }

  /** Looks again whether a second person has approved. */
  async lookForSecondPerson(): Promise<void> {
    const request = this.lever?.request;
    if (request?.act !== 'start') return;
    const { signal } = this.closing;
    const secondPerson = await this.options.secondPerson(request.plan);
    if (!signal.aborted) this.change({ secondPerson });
  }

  /**
   * Acts, when this is the token and the button is open; resolves when it has begun. The token is used up in any
   * case; where nothing was done there is a new one for another try. What the act itself refused stands on the lever.
   * @throws Failure E_LEVER_CLOSED: nothing was done.
   */
  async pull(token: string): Promise<void> {
    const { lever } = this;
    if (!lever || this.token === '' || token !== this.token) throw failure('E_LEVER_CLOSED', null);
    this.token = '';
    if (!isOpen(lever, this.options.armed(), this.moment())) {
      this.token = this.options.token();
      this.options.onChange();
      throw failure('E_LEVER_CLOSED', null);
    }
    const { signal } = this.closing;
    this.change({ busy: true, error: null });
    try {
      const started = await this.act(lever);
      if (!signal.aborted) this.change({ busy: false, started });
    } catch (thrown) {
      if (signal.aborted) return;
      this.token = this.options.token();
      this.change({ busy: false, typed: '', attempt: lever.attempt + 1, error: toAppError(thrown) });
    }
  }

  private async act({ request, typed }: OpenLever): Promise<string> {
    const { runs } = this.options;
    switch (request.act) {
      case 'start':
        return this.options.start(request.plan, typed);
      case 'resume':
        await runs.resume(request.run);
        return request.run;
      case 'undo':
        await runs.undo(request.run);
        return request.run;
      case 'hand-over':
        await runs.handOver(request.run);
        return request.run;
      case 'take-over':
        await runs.takeOver(request.run);
        return request.run;
      case 'go':
      case 'no-go':
      case 'again':
      case 'enough':
        await runs.decide(request.run, request.step, request.act, typed);
        return request.run;
      default:
        return assertNever(request);
    }
  }

  /** Reads what it stands on again each second, until the lever is closed or somebody pulled it. */
  private async read(request: LeverRequest, plan: RunPlan, signal: AbortSignal): Promise<void> {
    const { clock, runs } = this.options;
    const wanted = readingPlan(request, plan);
    if (!wanted) return;
    let failed = false;
    while (!signal.aborted && this.lever?.started === null) {
      const began = clock.monotonic();
      // While it acts, nobody else speaks on its connections.
      if (!this.lever.busy) {
        const read = await runs.readings(wanted, signal).then(
          (readings) => ({ readings: this.judged(readings) }),
          (thrown: unknown) => ({ error: toAppError(thrown) }),
        );
        if (signal.aborted) return;
        // An error of a reading goes with the next good one; what a pull was refused for stays.
        this.change('error' in read || !failed ? read : { ...read, error: null });
        failed = 'error' in read;
      }
      await clock.sleep(Math.max(0, READ_EVERY_MS - (clock.monotonic() - began)), signal);
    }
  }

  private judged(readings: Reading[]): Reading[] {
    const run = this.lever?.run;
    return run ? asPredicted(run.plan, run.state, readings) : readings;
  }

  private async tell(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && this.lever?.started === null) {
      await this.options.clock.sleep(TELL_EVERY_MS, signal);
      if (!signal.aborted) this.options.onTick();
    }
  }

  private change(part: Partial<OpenLever>): void {
    if (!this.lever) return;
    this.lever = { ...this.lever, ...part };
    this.options.onChange();
  }

  private moment(): Moment {
    return { now: this.options.clock.now(), monotonic: this.options.clock.monotonic() };
  }
}

/**
 * What has to be typed: who loses something by it. Taking a step further or back needs the button alone, unless the gate of that
 * step wants more.
 */
function confirmOf(request: LeverRequest, plan: RunPlan, holder: string | null): string | null {
  switch (request.act) {
    case 'start':
      return plan.confirm;
    case 'take-over':
      return holder;
    case 'go': {
      const step = plan.steps.find(({ id }) => id === request.step);
      return step?.kind === 'gate' ? (step.typed ?? null) : null;
    }
    case 'resume':
    case 'undo':
    case 'hand-over':
    case 'no-go':
    case 'again':
    case 'enough':
      return null;
    default:
      return assertNever(request);
  }
}

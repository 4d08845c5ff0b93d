import { toAppError } from '@shared/errors';
import type { Leaf } from '@shared/runbook/order';
import type { Reading } from '@shared/runbook/state-model';
import { atRate, type LivePace, mostOf, nextRate, type Throttle, throttleOf } from '@shared/runbook/throttle';
import { failure } from '../net/failure';
import type { RunContext } from './context';
import { throttleRun } from './decide';
import { differencesText } from './look';
import { checkReadings } from './readings';
import { runCommand } from './run-command';

/** The pace of one step, as long as it goes. */
export interface Pace {
  readonly shown: Readonly<LivePace>;
  /** Tells the first pace, before anything of the step is sent. Rejects with what telling it rejects with. */
  begin(): Promise<void>;
  /** Resolves when the next round may begin. Rejects with E_WAIT_OVER, and with E_ABORTED when it is broken off. */
  round(): Promise<void>;
  /** A person has said something. */
  turn(): void;
  /** Resolves when nothing of it is sent any more. May be called again. */
  end(): Promise<void>;
}

const STILL: LivePace = { rate: null, behind: [], waitsSince: null, error: null };
const FREE: Pace = {
  shown: STILL,
  begin: async () => {},
  round: async () => {},
  turn: () => {},
  end: async () => {},
};

/** How a step of this run is kept at its pace; one that cannot be slowed down goes as it goes. */
export function paceOf(context: RunContext, step: Leaf, looks: AbortSignal): Pace {
  const throttle = throttleOf(step);
  return throttle ? new ThrottledPace(context, step, throttle, looks) : FREE;
}

class ThrottledPace implements Pace {
  readonly shown: LivePace = { ...STILL };
  readonly #context: RunContext;
  readonly #step: Leaf;
  readonly #throttle: Throttle;
  readonly #looks: AbortSignal;
  readonly #stop = new AbortController();
  #watching: Promise<void> = Promise.resolve();
  #turn: () => void = () => {};

  constructor(context: RunContext, step: Leaf, throttle: Throttle, looks: AbortSignal) {
    this.#context = context;
    this.#step = step;
    this.#throttle = throttle;
    this.#looks = looks;
  }

  async begin(): Promise<void> {
    const { paces, log } = this.#context;
    const { rate } = this.#throttle;
    paces.set(this.#step.id, this);
    if (!rate) return;
    await this.#hear();
    await this.#tell(nextRate(rate, null, mostOf(rate, this.#step.id, log.events), true));
    this.#watching = this.#watch();
  }

  async round(): Promise<void> {
    const { clock } = this.#context;
    const { everyMs, limitMs } = this.#throttle;
    const until = clock.monotonic() + limitMs;
    for (;;) {
      const behind = await this.#behind(this.#looks);
      if (this.#looks.aborted) throw failure('E_ABORTED', null);
      if (behind.length === 0) {
        this.shown.waitsSince = null;
        return;
      }
      this.shown.waitsSince ??= clock.now();
      if (clock.monotonic() + everyMs > until) {
        const what = textOf(behind);
        const seconds = `${limitMs / 1000}`;
        throw failure('E_WAIT_OVER', null, { name: this.#step.number, seconds, what });
      }
      await clock.sleep(everyMs, this.#looks);
    }
  }

  turn(): void {
    this.#turn();
  }

  async end(): Promise<void> {
    this.#stop.abort();
    await this.#watching;
    if (this.#context.paces.get(this.#step.id) === this) this.#context.paces.delete(this.#step.id);
  }

  /** Turns the rate as people and checks want it, until the step is over. Never rejects. */
  async #watch(): Promise<void> {
    const { clock } = this.#context;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const turned = new Promise<void>((resolve) => {
        this.#turn = resolve;
      });
      try {
        await this.#hear();
        await this.#follow();
        this.shown.error = null;
      } catch (thrown) {
        // Tried again at its next turn; until then it goes on as it went.
        if (!signal.aborted) this.shown.error = toAppError(thrown);
      }
      await Promise.race([clock.sleep(this.#throttle.everyMs, signal), turned]);
    }
  }

  async #follow(): Promise<void> {
    const { log, id: run } = this.#context;
    const { checks, rate } = this.#throttle;
    const { id: step, kind } = this.#step;
    if (!rate) return;
    const byChecks = kind === 'act' && checks.length > 0;
    const behind = byChecks ? await this.#behind(this.#stop.signal) : [];
    if (this.#stop.signal.aborted) return;
    const most = mostOf(rate, step, log.events);
    const level = byChecks ? nextRate(rate, this.shown.rate, most, behind.length === 0) : most;
    if (level === this.shown.rate) return;
    if (byChecks && level !== most) {
      const text = behind.length > 0 ? textOf(behind) : '';
      const rule = { level, by: 'rule' } as const;
      await log.commit({ kind: 'run-decided', run, decision: 'throttle', step, text, rate: rule });
    }
    await this.#tell(level);
  }

  /** Rejects with what runCommand rejects with, and with E_COMMAND_FAILED. */
  async #tell(level: number): Promise<void> {
    const command = this.#throttle.rate?.command ?? null;
    if (command) {
      const how = { step: this.#step.id, on: 'second', signal: this.#context.acts } as const;
      const { exit, stdout } = await runCommand(this.#context, atRate(command, level), how);
      if (exit !== null && exit !== 0) {
        const { host } = this.#context.crew.hands(command.target);
        const text = stdout.trim().slice(0, 500);
        throw failure('E_COMMAND_FAILED', host, { name: this.#step.number, status: `${exit}`, text });
      }
    }
    this.shown.rate = level;
  }

  /** The checks that do not hold, or that cannot be told. Never rejects. */
  async #behind(signal: AbortSignal): Promise<Reading[]> {
    const how = { step: this.#step.id, on: 'second', signal, routine: true } as const;
    const readings = await checkReadings(this.#context, this.#throttle.checks, how);
    this.shown.behind = readings.filter(({ holds }) => holds !== true);
    return this.shown.behind;
  }

  /** What somebody asked for at another program of this desk; what the run cannot do is not done. */
  async #hear(): Promise<void> {
    const { asks } = this.#context;
    const ask = await asks.take();
    if (ask) await throttleRun(this.#context, ask.step, ask.level, ask.by);
  }
}

const textOf = (behind: readonly Reading[]): string =>
  differencesText(behind.map(({ id, mustBe, value }) => ({ id, want: mustBe, got: value })));

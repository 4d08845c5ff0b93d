import type { Language } from '@shared/contract';
import { toAppError } from '@shared/errors';
import { readingPlan } from '@shared/lever/run-readings';
import { sameName } from '@shared/lever/same-name';
import { readingsToText } from '@shared/paper/readings-text';
import { runToText } from '@shared/paper/run-paper';
import { stepsToText } from '@shared/paper/run-steps-text';
import type { RunView, Way } from '@shared/runbook/state-model';
import { waysOf } from '@shared/runbook/ways';
import { texts } from '@shared/text';
import { sayPlan } from '@shared/text/say-plan';
import type { ActingDesk } from './acting-command';
import { EXIT, printError, printJson } from './io';

type Decided = Extract<Way, 'go' | 'no-go' | 'again' | 'enough'>;

/** What a person said before it was asked: for the first gate that asks, and for no other. */
export interface SaidBefore {
  decision: Extract<Decided, 'go' | 'no-go'>;
  typed: string;
}

/**
 * Begins something of a run, prints each step as it goes, and waits until nothing of it acts any more. Ctrl-C holds it.
 * Exit code: done 0, undone or nothing changed 1, stopped half-way 5.
 */
export async function watchRun(
  desk: ActingDesk,
  { language, json }: { language: Language; json: boolean },
  begin: () => Promise<string>,
  said: SaidBefore | null = null,
): Promise<number> {
  const { io, acting } = desk;
  const { runs } = acting;
  const words = texts(language).actingCli;
  let unsaid = said;
  const print = (text: string) => (json ? io.err(text) : io.out(text));
  let run: string | null = null;
  let last: RunView | null = null;
  const asking = new Set<string>();
  const over = new AbortController();
  /** Somebody pressed Ctrl-C; before there is a run to hold, too. */
  let wanted = false;
  let left: Promise<void> | null = null;
  const leave = () => {
    left ??= desk.app.dispose();
  };

  const stopListening = runs.onChange((view) => {
    if (run !== null && view.state.id !== run) return;
    print(stepsToText(last, view, language));
    last = view;
    for (const [step, { state, attempt }] of Object.entries(view.state.steps)) {
      const key = `${step} ${attempt}`;
      if (state !== 'waiting' || asking.has(key)) continue;
      asking.add(key);
      const saying = isGate(view, step) ? unsaid : null;
      if (saying) unsaid = null;
      const decided = saying
        ? runs.decide(view.state.id, step, saying.decision, saying.typed).then(() => true)
        : decide(desk, view, step, language, over.signal);
      decided.then(
        (isDecided) => {
          if (!isDecided) leave();
        },
        (thrown: unknown) => {
          printError(io, toAppError(thrown), language);
          leave();
        },
      );
    }
    // Held by Ctrl-C, or by a clock that jumped: nobody at this terminal lets it go on later.
    if (view.state.status === 'holding' && view.here && left === null) {
      io.err(`${words.holding(view.state.id)}\n`);
      leave();
    }
  });
  const hold = () => {
    wanted = true;
    if (run !== null) void runs.hold(run, true).catch(() => {});
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, hold);
  try {
    run = await begin();
    io.err(`${words.begun(run)}\n`);
    if (wanted) hold();
    const state = await runs.ended(run);
    const view = left && last ? withState(last, state) : await runs.view(run);
    print(stepsToText(last, view, language));
    if (json) printJson(io, view);
    else if (state.status !== 'done' || goneOnWithout(state)) io.out(`\n${runToText(view, language)}`);
    else io.out(`${texts(language).runbook.run.title(run, texts(language).runs.status.done)}\n`);
    if (state.status === 'done') return EXIT.done;
    if (state.closedAt !== null) return EXIT.failed;
    io.err(`${words.halfWay(run)}\n`);
    return EXIT.halfWay;
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, hold);
    over.abort();
    stopListening();
    await left;
  }
}

const isGate = ({ plan }: RunView, id: string): boolean =>
  plan.steps.some((step) => step.id === id && step.kind === 'gate');

/** Is there anything that a run which is done has not done? */
const goneOnWithout = ({ steps }: RunView['state']): boolean =>
  Object.values(steps).some(({ passedOver }) => passedOver);

/** Of a run that this console has let go: nobody here does anything with it any more. */
const withState = (view: RunView, state: RunView['state']): RunView => ({
  ...view,
  state,
  here: false,
  ways: waysOf(view.plan, state, { here: false, elsewhere: null }),
});

/**
 * Asks the person at the terminal, and says whether the run goes on by it. Where nobody is there, it waits for somebody
 * at another console.
 */
async function decide(
  { ask, io, acting }: ActingDesk,
  { plan, state }: RunView,
  id: string,
  language: Language,
  signal: AbortSignal,
): Promise<boolean> {
  const words = texts(language).actingCli;
  const step = plan.steps.find((one) => one.id === id);
  if (!step) return false;
  const said = step.kind === 'gate' ? step.question : step.title;
  io.err(`${words.needsPerson(sayPlan(language, plan.procedure, said))}\n`);
  const wanted = readingPlan({ act: step.kind === 'gate' ? 'go' : 'enough', run: state.id, step: id }, plan);
  if (wanted) {
    const readings = await acting.runs.readings(wanted, signal);
    io.err(readingsToText(plan.procedure, readings, language));
  }
  if (!ask) return false;
  const typed = step.kind === 'gate' ? step.typed : undefined;
  const choices: Decided[] = step.kind === 'gate' ? ['go', 'no-go'] : ['again', 'enough'];
  // What a gate wants typed comes after the word: "go db-a".
  const whole = (choice: Decided) => (choice === 'go' && typed !== undefined ? `go ${typed}` : choice);
  const prompt = words.decide(choices.map(whole).join(' | '));
  const question = { host: '', account: '', what: 'one-time-code', prompt, echo: true } as const;
  for (;;) {
    // Declined, or no longer asked because the run went on without it.
    const answer = await ask.secret(question, { signal }).catch(() => null);
    if (answer === null) return signal.aborted;
    const choice = choices.find((one) => sameName(answer.text, whole(one)));
    if (!choice) continue;
    await acting.runs.decide(state.id, id, choice, typed);
    return true;
  }
}

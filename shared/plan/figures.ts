import { assertNever, err, ok } from '../errors';
import {
  asBytes,
  asPerSecond,
  asRate,
  asSeconds,
  type Count,
  type Fraction,
  type Seconds,
} from '../units/measure';
import type { Outcome } from '../units/outcome';
import { inOrder, type Spread } from '../units/spread';
import type { Minutes, PlanStep } from '../views/plan';
import {
  type Derived,
  derive,
  deriveSpread,
  deriveWhenKnown,
  inputAt,
  pick,
  reshaped,
} from './ledger/derived';
import type { FormulaId } from './ledger/formulas';
import type { Ledger } from './ledger/ledger';
import { MEASURED_COPY, TURN_BACK_MARGIN } from './paths';
import { rowOf } from './runbook/rows';
import { type OutageEstimate, outageEstimate, type TimedStep } from './schedule/outage';
import type { StepDraft } from './steps';
import { deltaPasses, type Passes } from './transfer/convergence';
import { effectiveThroughput } from './transfer/throughput';
import { changeRatio, transferTime } from './transfer/transfer-time';

/** Every number of a plan; each opens to its formula, inputs and sources, or names what it lacks. */
export interface Figures {
  /** Bytes per second that a copy gets of the link. */
  throughput: Derived<Spread>;
  /** Delta passes of each tree of files, by data set. */
  passes: ReadonlyMap<string, Derived<PassesSpread>>;
  /** Of each step, by id. */
  minutes: ReadonlyMap<string, Derived<Minutes>>;
  /** How long users are cut off: the longest path through the cutover. */
  outage: Derived<OutageEstimate>;
  /** The longest path through everything before it. */
  preparation: Derived<OutageEstimate>;
  /** Of each step of the way back, by id. */
  backMinutes: ReadonlyMap<string, Derived<Minutes>>;
  /** The longest path through the way back, after the promotion. */
  rollback: Derived<OutageEstimate>;
  /** Of each step whose undoing takes time, by id. */
  undoMinutes: ReadonlyMap<string, Derived<Minutes>>;
  /** Undoing all of them, last first: what an abort before the promotion takes. */
  freeAbort: Derived<Minutes>;
  /** How long before the end of the window somebody has to turn back: P90 of the way back and the margin, seconds. */
  turnBack: Derived<Seconds>;
}

/** Delta passes of a file tree when everything goes well, as is likely, and when everything goes badly. */
export interface PassesSpread {
  best: Passes;
  likely: Passes;
  worst: Passes;
}

/** What the steps of a plan and of its way back take, from a ledger. Pure and quick: another ledger in, every figure anew. */
export function figuresOf(
  steps: readonly StepDraft[],
  ledger: Ledger,
  back: readonly StepDraft[] = NO_STEPS,
): Figures {
  const throughput = throughputOf(ledger);
  const passes = new Map<string, Derived<PassesSpread>>();
  const passesFor = (set: string) => {
    const known = passes.get(set) ?? passesOf(set, ledger, throughput);
    passes.set(set, known);
    return known;
  };
  const minutesBy = (list: readonly StepDraft[]) =>
    new Map(
      list.map((step) => [step.id, reshaped(durationOf(step, ledger, throughput, passesFor), minutesOf)]),
    );
  const minutes = minutesBy(steps);
  const backMinutes = minutesBy(back);
  const rollback = outageOf(back, backMinutes, 'cutover');
  const undoMinutes = undoMinutesOf(steps, ledger);
  return {
    throughput,
    passes,
    minutes,
    outage: outageOf(steps, minutes, 'cutover'),
    preparation: outageOf(steps, minutes, 'prepare', 'seed'),
    backMinutes,
    rollback,
    undoMinutes,
    freeAbort: sumOf(Object.fromEntries(steps.flatMap(({ id, row }) => abortTerm(id, row, undoMinutes)))),
    turnBack: derive(
      'turn-back',
      { rollback, margin: inputAt(ledger, TURN_BACK_MARGIN) },
      ({ rollback: { p90 }, margin }) => ok(asSeconds(p90 * 60 + margin.likely)),
    ),
  };
}
const NO_STEPS: readonly StepDraft[] = [];

const undoMinutesOf = (steps: readonly StepDraft[], ledger: Ledger): Map<string, Derived<Minutes>> =>
  new Map(
    steps.flatMap(({ id, row }) =>
      rowOf(row).undoIsTimed ? [[id, reshaped(inputAt(ledger, `undo/${id}`), minutesOf)]] : [],
    ),
  );

/** Steps that an abort before the promotion undoes: page, databases and shares. */
const ABORTED: ReadonlySet<string> = new Set(['freeze', 'read-only', 'close-shares']);

function abortTerm(
  id: string,
  row: StepDraft['row'],
  undo: Figures['undoMinutes'],
): [string, Derived<Minutes>][] {
  const minutes = ABORTED.has(row) ? undo.get(id) : undefined;
  return minutes ? [[id, minutes]] : [];
}

const sumOf = (terms: Readonly<Record<string, Derived<Minutes>>>): Derived<Minutes> =>
  deriveWhenKnown('one-after-the-other', terms, () => {
    const sum = (which: keyof Minutes) =>
      Object.values(terms).reduce((total, term) => total + (term.known ? term.value[which] : 0), 0);
    return ok({
      optimistic: sum('optimistic'),
      likely: sum('likely'),
      pessimistic: sum('pessimistic'),
    });
  });

/**
 * What a copy over the link was measured to get: overhead and contention are in it, and are not taken off again. Else one
 * stream over the line; the limits that nobody has measured yet limit nothing.
 */
function throughputOf(ledger: Ledger): Derived<Spread> {
  const copy = inputAt(ledger, MEASURED_COPY);
  const wasMeasured = copy.known || (ledger.get(MEASURED_COPY)?.state ?? 'unknown') !== 'unknown';
  if (wasMeasured) return derive('measured-copy', { copy }, ({ copy: measured }) => ok(measured));
  return deriveSpread(
    'throughput',
    {
      link: inputAt(ledger, 'assumptions/linkRate'),
      efficiency: inputAt(ledger, 'reference/linkEfficiency'),
      contention: inputAt(ledger, 'reference/linkContention'),
    },
    ['link', 'efficiency', 'contention'],
    ({ link, efficiency, contention }) => {
      const way = {
        link: asRate(link),
        efficiency: efficiency as Fraction,
        contention: contention as Fraction,
      };
      const found = effectiveThroughput(way);
      return found.ok ? ok(found.value.rate) : found;
    },
  );
}

const minutesOf = ({ low, likely, high }: Spread): Minutes => ({
  optimistic: low / 60,
  likely: likely / 60,
  pessimistic: high / 60,
});

/** The steps of some phases with their durations, as the simulation takes them. null: one is unknown, and its figure says why. */
export function timedSteps(
  steps: readonly StepDraft[],
  minutes: Figures['minutes'],
  ...phases: PlanStep['phase'][]
): TimedStep[] | null {
  const chosen = steps.filter(({ phase }) => phases.includes(phase));
  const inside = new Set(chosen.map(({ id }) => id));
  const timed: TimedStep[] = [];
  // Needs outside count as done. Steps that share a list of needs go on sharing it: the graph is quicker for it.
  const within = new Map<readonly string[], string[]>();
  for (const { id, needs } of chosen) {
    const each = minutes.get(id);
    if (!each?.known) return null;
    const here = within.get(needs) ?? needs.filter((need) => inside.has(need));
    within.set(needs, here);
    timed.push({ id, needs: here, minutes: each.value });
  }
  return timed;
}

/** The longest path through the steps of some phases. */
function outageOf(
  steps: readonly StepDraft[],
  minutes: Figures['minutes'],
  ...phases: PlanStep['phase'][]
): Derived<OutageEstimate> {
  const terms: Record<string, Derived<Minutes>> = {};
  for (const { id, phase } of steps) {
    const each = minutes.get(id);
    if (each && phases.includes(phase)) terms[id] = each;
  }
  return deriveWhenKnown('longest-path', terms, () => {
    const found = outageEstimate(timedSteps(steps, minutes, ...phases) ?? []);
    // A term is named by the id of its step alone.
    return found.ok
      ? found
      : err(found.error.map((bad) => ({ ...bad, input: bad.input.replace(/^steps\//, '') })));
  });
}

const ONE_STREAM = 1 as Count;

/** One stream: what more would bring is not measured. */
function passesOf(set: string, ledger: Ledger, rate: Derived<Spread>): Derived<PassesSpread> {
  const terms = {
    size: inputAt(ledger, `dataSets/${set}/size`),
    change: inputAt(ledger, `dataSets/${set}/changeRate`),
    files: inputAt(ledger, `dataSets/${set}/fileCount`),
    changedFiles: inputAt(ledger, `dataSets/${set}/changedFiles`),
    scan: inputAt(ledger, 'assumptions/scanTime'),
    perFile: inputAt(ledger, 'reference/perFileTime'),
    rate,
  };
  // More of everything but the rate makes passes longer.
  const more = ['size', 'change', 'files', 'changedFiles', 'scan', 'perFile'] as const;
  return deriveWhenKnown('delta-passes', terms, (): Outcome<PassesSpread> => {
    const at = (which: keyof Spread, opposite: keyof Spread): Outcome<Passes> => {
      const one = pick(terms, more, which, opposite);
      const carrier = { rate: asRate(one.rate), perFile: asSeconds(one.perFile), streams: ONE_STREAM };
      const scan = asSeconds(one.scan);
      const first = transferTime({ scan, size: asBytes(one.size), files: one.files as Count }, carrier);
      if (!first.ok) return first;
      const changes = { change: asRate(one.change), changedFiles: asPerSecond(one.changedFiles) };
      const ratio = changeRatio(changes, carrier);
      return ratio.ok ? deltaPasses({ first: first.value, scan, ratio: ratio.value }) : ratio;
    };
    const [best, likely, worst] = [at('low', 'high'), at('likely', 'likely'), at('high', 'low')];
    if (!best.ok) return best;
    if (!likely.ok) return likely;
    if (!worst.ok) return worst;
    return ok({ best: best.value, likely: likely.value, worst: worst.value });
  });
}

/** Seconds of a step. */
function durationOf(
  step: StepDraft,
  ledger: Ledger,
  throughput: Derived<Spread>,
  passesFor: (set: string) => Derived<PassesSpread>,
): Derived<Spread> {
  const { work } = step;
  switch (work.kind) {
    case 'stated':
      return inputAt(ledger, `steps/${step.id}`);
    case 'time':
      return inputAt(ledger, work.input);
    case 'bytes': {
      const rate = work.rate === 'link' ? throughput : inputAt(ledger, work.rate);
      const terms = { size: inputAt(ledger, work.size), rate };
      return deriveSpread('bytes-at-rate', terms, ['size'], ({ size, rate: perSecond }) => {
        const carrier = { rate: asRate(perSecond), perFile: asSeconds(0), streams: ONE_STREAM };
        return transferTime({ scan: asSeconds(0), size: asBytes(size), files: 0 as Count }, carrier);
      });
    }
    case 'perFile': {
      const terms = { files: inputAt(ledger, work.files), each: inputAt(ledger, work.each) };
      return deriveSpread('files-one-by-one', terms, ['files', 'each'], ({ files, each }) =>
        ok(files * each),
      );
    }
    case 'passes':
      return work.which === 'last'
        ? overPasses('final-pass', passesFor(work.set), ({ final }) => final ?? 0)
        : overPasses('all-passes', passesFor(work.set), ({ passes }) =>
            passes.slice(1).reduce((sum, each) => sum + each, 0),
          );
    default:
      return assertNever(work);
  }
}

/** Seconds of some of the passes. Never, if only at worst, has no number: what changes and what carries it are named. */
const overPasses = (
  formula: FormulaId,
  passes: Derived<PassesSpread>,
  of: (passes: Passes) => number,
): Derived<Spread> =>
  derive(formula, { passes }, ({ passes: { best, likely, worst } }): Outcome<Spread> => {
    if (worst.final === null) {
      return err([
        { input: 'passes/change', problem: 'never-ends' },
        { input: 'passes/rate', problem: 'never-ends' },
      ]);
    }
    return ok(inOrder(of(best), of(likely), of(worst)));
  });

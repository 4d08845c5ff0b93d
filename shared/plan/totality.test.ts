import { expect, test } from 'vitest';
import type { Bytes, BytesPerSecond, Count, Fraction, PerSecond, Seconds } from '../units/measure';
import { INPUT_PROBLEMS, type Outcome } from '../units/outcome';
import * as availability from './availability/availability';
import * as failover from './availability/failover';
import * as clients from './capacity/client-choice';
import * as dns from './capacity/dns-tail';
import * as erlang from './capacity/erlang';
import * as peak from './capacity/peak-load';
import * as cost from './cost/cost';
import * as budget from './schedule/downtime-budget';
import { outageEstimate } from './schedule/outage';
import { next, seeded } from './schedule/seeded';
import * as simulation from './schedule/simulation';
import { pert } from './schedule/three-point';
import { turnBack } from './schedule/turn-back';
import * as catching from './transfer/catch-up';
import * as convergence from './transfer/convergence';
import { dumpAndLoad } from './transfer/dump-load';
import { fitPasses } from './transfer/fit-passes';
import { effectiveThroughput } from './transfer/throughput';
import { transferEnd } from './transfer/transfer-end';
import * as transfer from './transfer/transfer-time';

/** What a person can type, a file can hold and a broken measurement can give. */
const HOSTILE = [
  ...[0, -0, 1, 2, 3, 0.5, 0.999, 1e-3, 10, 60, 200, 4e3, 1e6, 1e9],
  ...[
    -1,
    -1e-9,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    1e308,
    5e-324,
    1e18,
    1e-12,
    1.5,
  ],
];
/** Values that can be meant, drawn as often: else a function of ten inputs would never be accepted. */
const TAME = [1, 2, 3, 0.5, 0.9, 0.01];

type Draw = <T extends number>() => T;

const CASES: Record<string, (n: Draw) => Outcome<unknown>> = {
  effectiveThroughput: (n) =>
    effectiveThroughput({
      link: n<BytesPerSecond>(),
      efficiency: n<Fraction>(),
      contention: n<Fraction>(),
      streams: n<Count>(),
      roundTrip: n<Seconds>(),
      window: n<Bytes>(),
      loss: n<Fraction>(),
      segment: n<Bytes>(),
      cap: n<BytesPerSecond>(),
    }),
  transferTime: (n) =>
    transfer.transferTime({ scan: n(), size: n(), files: n() }, { rate: n(), perFile: n(), streams: n() }),
  changeRatio: (n) =>
    transfer.changeRatio({ change: n(), changedFiles: n() }, { rate: n(), perFile: n(), streams: n() }),
  dirtyBytes: (n) => transfer.dirtyBytes(n(), n(), n()),
  shareOf: (n) => transfer.shareOf(n(), n()),
  deltaPasses: (n) => convergence.deltaPasses({ first: n(), scan: n(), ratio: n() }),
  passTime: (n) => convergence.passTime({ first: n(), scan: n(), ratio: n() }, n()),
  bytesSent: (n) => convergence.bytesSent(n(), n(), n()),
  passesUntil: (n) => convergence.passesUntil({ first: n(), scan: n(), ratio: n() }, n()),
  timedPass: (n) => convergence.timedPass({ first: n(), scan: n(), ratio: n() }, n(), n()),
  floorLevers: (n) => convergence.floorLevers({ first: n(), scan: n(), ratio: n() }),
  fitPasses: (n) =>
    fitPasses([1, 2, 3, 4].map(() => ({ bytes: n<Bytes>(), files: n<Count>(), took: n<Seconds>() }))),
  dumpAndLoad: (n) =>
    dumpAndLoad({
      size: n(),
      dumpRate: n(),
      loadRate: n(),
      rate: n(),
      compression: n(),
      index: n(),
      start: n(),
    }),
  catchUp: (n) => catching.catchUp(n(), n(), n(), n()),
  forecastLag: (n) =>
    catching.forecastLag([1, 2, 3].map((at) => ({ at: at * 1000 + n<Seconds>(), lag: n<Seconds>() }))),
  recoveryPointUse: (n) => catching.recoveryPointUse(n(), n()),
  transferEnd: (n) =>
    transferEnd(n(), n(), {
      zone: 'Europe/Paris',
      otherwise: n(),
      spans: [{ days: [1, 3], from: '08:00', to: '12:00', rate: n() }],
    }),
  pert: (n) => pert({ optimistic: n(), likely: n(), pessimistic: n() }),
  outageEstimate: (n) =>
    outageEstimate([
      { id: 'a', needs: [], minutes: { optimistic: n(), likely: n(), pessimistic: n() } },
      { id: 'b', needs: ['a'], minutes: { optimistic: 1, likely: 2, pessimistic: n() } },
    ]),
  simulation: (n) => {
    const steps = [{ id: 'a', needs: [], minutes: { optimistic: n(), likely: n(), pessimistic: n() } }];
    const started = simulation.startSimulation(steps, n());
    const run = started.ok ? simulation.simulate(started.value, 100) : started;
    return run.ok ? simulation.simulatedOutage(run.value) : run;
  },
  turnBack: (n) => turnBack({ start: n(), end: n() * 1e6, rollback: n(), margin: n() }, n()),
  allowance: (n) => budget.allowance(n(), n()),
  downtimeBudget: (n) => budget.downtimeBudget(n(), [{ id: 'x', kind: 'drill', time: n() }], n()),
  fromTimes: (n) => availability.fromTimes(n(), n()),
  inSeries: (n) => availability.inSeries([n(), n()]),
  inParallel: (n) => availability.inParallel([n(), n()]),
  someOf: (n) => availability.someOf(n(), n(), n()),
  neededEach: (n) => availability.neededEach(n(), n()),
  withCommonCause: (n) => availability.withCommonCause(n(), n()),
  downTimes: (n) => availability.downTimes(n()),
  detectionTime: (n) => failover.detectionTime({ misses: n(), interval: n(), timeout: n(), falseMiss: n() }),
  failoverTime: (n) => failover.failoverTime({ detect: n(), decide: n(), act: n(), client: n() }),
  pairAvailability: (n) =>
    failover.pairAvailability({
      failures: (n() / 1e4) as PerSecond,
      failover: n(),
      success: n(),
      repair: n(),
      commonCause: n(),
    }),
  longestPerFailure: (n) => failover.longestPerFailure(n(), n()),
  chosenLoad: (n) => clients.chosenLoad(n()),
  weightedLoad: (n) => clients.weightedLoad([n(), n(), n()]),
  deadServer: (n) => clients.deadServer({ stick: n(), timeout: n(), remembers: false }, n()),
  returnedShare: (n) => clients.returnedShare({ stick: n(), timeout: n(), remembers: true }, n()),
  drainTime: (n) => clients.drainTime({ stick: n(), timeout: n(), remembers: true }),
  hardFailure: (n) =>
    clients.hardFailure({ stick: n(), timeout: n(), remembers: true }, [n(), n()], [n(), n()], n()),
  staleReads: (n) => clients.staleReads(n()),
  dnsTail: (n) => dns.dnsTail({ flip: n(), oldTtl: n(), lowTtl: n() }),
  staleShare: (n) => dns.staleShare(n(), n()),
  erlangB: (n) => erlang.erlangB(n(), n()),
  offeredAt: (n) => erlang.offeredAt(n(), n()),
  waiting: (n) => erlang.waiting({ arrivals: n(), service: n(), workers: n() }),
  waitsLonger: (n) => erlang.waitsLonger({ arrivals: n(), service: n(), workers: n() }, n()),
  arrivals: (n) => peak.arrivals({ users: n(), each: n(), peak: n() }),
  atOnce: (n) => peak.atOnce(n(), n()),
  streamLoad: (n) => peak.streamLoad(n(), n(), n(), n()),
  survivorLoad: (n) => peak.survivorLoad(n(), n(), n()),
  totalCost: (n) => cost.totalCost([{ id: 'x', money: { amount: n(), currency: 'EUR' }, per: 'year' }]),
  netPresentValue: (n) => cost.netPresentValue([n(), n(), n()], n()),
  breakEven: (n) => {
    const eur = () => ({ amount: n(), currency: 'EUR' });
    return cost.breakEven({ now: eur(), target: eur(), once: eur(), overlap: n() });
  },
  outageCost: (n) => cost.outageCost(n(), { amount: n(), currency: 'EUR' }),
};

/** Every number in a value, however deep. */
function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

const PROBLEMS = new Set<string>(INPUT_PROBLEMS);
const DRAWS = 1500;

test.each(Object.entries(CASES))(
  '%s: whatever is typed, finite numbers or named inputs, and never an exception',
  (name, run) => {
    const random = seeded(name.length);
    const from = (list: readonly number[]) => list[Math.floor(next(random) * list.length)] ?? 0;
    let [accepted, refused] = [0, 0];
    for (let round = 0; round < DRAWS; round += 1) {
      const drawn: number[] = [];
      const draw = <T extends number>(): T => {
        const value = next(random) < 0.15 ? from(HOSTILE) : from(TAME);
        drawn.push(value);
        return value as T;
      };
      const result = run(draw);
      if (result.ok) {
        accepted += 1;
        const wrong = numbersIn(result.value).filter((each) => !Number.isFinite(each));
        if (wrong.length > 0)
          expect.fail(`${drawn.join(', ')} gave ${JSON.stringify(result.value)}: ${wrong}`);
        continue;
      }
      refused += 1;
      expect(result.error.length).toBeGreaterThan(0);
      for (const { input, problem } of result.error) {
        expect(input).toMatch(/^[a-zA-Z]+(\/\w+)*$/);
        expect(PROBLEMS).toContain(problem);
      }
    }
    // Neither of the two can be what was tested alone.
    expect([accepted > 0, refused > 0]).toEqual([true, true]);
  },
);

test('the test sees a number that is none', () => {
  expect(numbersIn({ a: [1, { b: Number.NaN }] }).some((each) => !Number.isFinite(each))).toBe(true);
});

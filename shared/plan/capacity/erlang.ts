import { ok } from '../../errors';
import { asFraction, asSeconds, type Fraction, type PerSecond, type Seconds } from '../../units/measure';
import {
  amount,
  type BadInput,
  checked,
  checkedThen,
  type Outcome,
  positive,
  refuse,
  whole,
} from '../../units/outcome';

/** More slots than any estate of this console has; the recursions below count to them. */
const MOST_SLOTS = 100_000;

const slotsChecks = (slots: number): (readonly BadInput[])[] => [
  whole('slots', slots, 1),
  slots > MOST_SLOTS ? [{ input: 'slots', problem: 'absurd', value: String(slots) }] : [],
];

/** Erlang B by its recursion, which never leaves [0, 1]: `B(0) = 1, B(c) = A · B(c−1) ÷ (c + A · B(c−1))`. */
function blocking(offered: number, slots: number): number {
  let blocked = 1;
  for (let c = 1; c <= slots; c += 1) blocked = (offered * blocked) / (c + offered * blocked);
  return blocked;
}

/** Share that finds every slot taken and goes away. `offered` in erlangs: arrivals · time that each holds a slot. */
export const erlangB = (offered: number, slots: number): Outcome<Fraction> =>
  checked([amount('offered', offered, 'count'), ...slotsChecks(slots)], () =>
    asFraction(blocking(offered, slots)),
  );

/** Erlangs that so many slots take while no more than this share is turned away: 179.7 by 200 slots at 1 %. */
export function offeredAt(slots: number, blocked: Fraction): Outcome<number> {
  const checks = [...slotsChecks(slots), positive('blocked', blocked, 'fraction')];
  if (blocked >= 1)
    checks.push([{ input: 'blocked', problem: 'contradictory', value: String(blocked), against: '1' }]);
  return checked(checks, () => {
    let [low, high] = [0, slots];
    while (blocking(high, slots) < blocked && high < 1e15) high *= 2;
    // Halving a hundred times is past the last digit of a number.
    for (let n = 0; n < 100; n += 1) {
      const middle = (low + high) / 2;
      if (blocking(middle, slots) < blocked) low = middle;
      else high = middle;
    }
    return low;
  });
}

/** Requests that wait for one of several workers. */
export interface Queue {
  arrivals: PerSecond;
  /** S, how long one request holds a worker. */
  service: Seconds;
  workers: number;
}

export interface Waiting {
  /** A = λ · S, workers kept busy. */
  offered: number;
  /** A ÷ c. */
  load: Fraction;
  /** Erlang C: share that waits at all. */
  waits: Fraction;
  /** Mean wait of all, `C · S ÷ (c − A)`. */
  meanWait: Seconds;
}

/** Waiting, `C = B ÷ (1 − ρ · (1 − B))`. Refused when as much arrives as can be served: the queue never ends. */
export function waiting({ arrivals, service, workers }: Queue): Outcome<Waiting> {
  const checks = [
    amount('arrivals', arrivals, 'countRate'),
    positive('service', service, 'seconds'),
    ...slotsChecks(workers).map((bad) => bad.map((each) => ({ ...each, input: 'workers' }))),
  ];
  return checkedThen(checks, () => {
    const offered = arrivals * service;
    if (offered >= workers)
      return refuse('workers', 'never-ends', { value: String(workers), against: String(offered) });
    const load = offered / workers;
    const blocked = blocking(offered, workers);
    const waits = blocked / (1 - load * (1 - blocked));
    return ok({
      offered,
      load: asFraction(load),
      waits: asFraction(waits),
      meanWait: asSeconds((waits * service) / (workers - offered)),
    });
  });
}

/** Share of requests that wait longer than this: `C · e^(−(c − A) · t ÷ S)`. */
export function waitsLonger(queue: Queue, than: Seconds): Outcome<Fraction> {
  return checkedThen([amount('than', than, 'seconds')], () => {
    const found = waiting(queue);
    if (!found.ok) return found;
    const { offered, waits } = found.value;
    return ok(asFraction(waits * Math.exp((-(queue.workers - offered) * than) / queue.service)));
  });
}

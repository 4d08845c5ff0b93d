import { ok } from '../errors';
import { chosenLoad } from '../plan/capacity/client-choice';
import { waiting } from '../plan/capacity/erlang';
import { arrivals, loadOfEach, streamLoad } from '../plan/capacity/peak-load';
import { type Derived, derive, deriveSpread, inputAt, reshaped } from '../plan/ledger/derived';
import type { Ledger } from '../plan/ledger/ledger';
import {
  asFraction,
  asPerSecond,
  asRate,
  asSeconds,
  type Count,
  count,
  type Fraction,
  type PerSecond,
  seconds,
} from '../units/measure';
import type { Outcome } from '../units/outcome';
import type { Spread } from '../units/spread';
import type { Demand } from './demands';
import { CAPACITY } from './inputs';
import type { PathPart } from './structure-model';
import { answering } from './variants';

/** Load of the servers of a part at the peak, and of those that are left after the loss of one. */
export interface PartLoad {
  each: Derived<Spread>;
  /** null: nothing is left. */
  survivor: Derived<Spread> | null;
}

/** `today`: how many servers carry it as the estate is; the load is that of each of them. */
export function loadOf(part: PathPart, today: number, ledger: Ledger): PartLoad {
  const load = inputAt(ledger, CAPACITY.load(part.id));
  const among = (servers: number) =>
    deriveSpread('load-each', { load }, ['load'], (at) =>
      loadOfEach(asFraction(at.load), count(today), count(servers)),
    );
  const left = survivors(part);
  return { each: among(answering(part)), survivor: left === 0 ? null : among(left) };
}

/** How many answer once the one that hurts most is gone. */
export const survivors = (part: PathPart): number => {
  const { redundancy, servers } = part;
  if (redundancy.kind === 'single') return 0;
  return redundancy.kind === 'failover' ? 1 : servers.length - 1;
};

/** Names of the numbers that a demand comes to. */
export type DemandFigure = 'peak-requests' | 'waiting' | 'on-one' | 'line-use';

export interface DemandLoad {
  figures: readonly { name: DemandFigure; unit: string; derived: Derived<Spread> }[];
  /** Do those that are left carry it? null: unknown. */
  holds: boolean | null;
}

/** What a stated demand comes to on the servers that are left after the loss of one (of all, where none may be lost). */
export const demandLoad = (demand: Demand, ledger: Ledger): DemandLoad =>
  demand.metric === 'users-per-day' ? usersLoad(demand, ledger) : streamsLoad(demand, ledger);

const DAY = seconds(1, 'day');

function usersLoad({ requirement, part }: Demand, ledger: Ledger): DemandLoad {
  const peak: Derived<Spread> = deriveSpread(
    'peak-arrivals',
    {
      users: inputAt(ledger, `requirements/${requirement.id}/target`),
      each: inputAt(ledger, CAPACITY.requestsPerUser),
      peak: inputAt(ledger, CAPACITY.peakShare),
    },
    ['users', 'each', 'peak'],
    (at): Outcome<PerSecond> => {
      const found = arrivals({ users: count(at.users * DAY), each: at.each, peak: asFraction(at.peak) });
      return found.ok ? ok(found.value.peak) : found;
    },
  );
  const servers = survivors(part) || answering(part);
  const waits: Derived<Spread> = deriveSpread(
    'erlang-c',
    {
      arrivals: peak,
      service: inputAt(ledger, CAPACITY.serviceTime(part.id)),
      workers: inputAt(ledger, CAPACITY.workers(part.id)),
    },
    ['arrivals', 'service'],
    (at): Outcome<Fraction> => {
      const found = waiting({
        arrivals: asPerSecond(at.arrivals),
        service: asSeconds(at.service),
        workers: at.workers * servers,
      });
      return found.ok ? ok(found.value.waits) : found;
    },
  );
  const overrun = !waits.known && waits.lacks.some(({ problem }) => problem === 'never-ends');
  return {
    figures: [
      { name: 'peak-requests', unit: '1/s', derived: peak },
      { name: 'waiting', unit: 'fraction', derived: waits },
    ],
    holds: waits.known ? true : overrun ? false : null,
  };
}

function streamsLoad({ requirement, part }: Demand, ledger: Ledger): DemandLoad {
  const streams = inputAt(ledger, `requirements/${requirement.id}/target`);
  const isChosen = part.redundancy.kind === 'parallel' && part.redundancy.chooser.kind === 'client';
  const left = survivors(part) || answering(part);
  const use: Derived<Spread> = deriveSpread(
    'stream-load',
    {
      streams,
      each: inputAt(ledger, CAPACITY.streamRate(part.id)),
      link: inputAt(ledger, CAPACITY.link(part.id)),
      efficiency: inputAt(ledger, 'reference/linkEfficiency'),
    },
    ['streams', 'each'],
    (at): Outcome<number> => {
      const [each, link] = [asRate(at.each), asRate(at.link)];
      const found = streamLoad(count(at.streams / left), each, link, asFraction(at.efficiency));
      return found.ok ? ok(found.value.use) : found;
    },
  );
  const onOne = derive(
    'client-choice',
    { streams: reshaped(streams, ({ likely }) => count(likely)) },
    (at) => {
      const found = chosenLoad(at.streams);
      return found.ok ? ok(flat(found.value.p999)) : found;
    },
  );
  return {
    figures: [
      // The formula is of two servers, as the clients of the estate choose.
      ...(isChosen && part.servers.length === 2
        ? [{ name: 'on-one' as const, unit: 'count', derived: onOne }]
        : []),
      { name: 'line-use', unit: 'fraction', derived: use },
    ],
    holds: use.known ? use.value.high <= 1 : null,
  };
}

const flat = (value: Count): Spread => ({ low: value, likely: value, high: value });

import { err, ok } from '../errors';
import { chosenLoad } from '../plan/capacity/client-choice';
import { waiting } from '../plan/capacity/erlang';
import { arrivals, loadOfEach, streamLoad } from '../plan/capacity/peak-load';
import { type Derived, deriveSpread, inputAt } from '../plan/ledger/derived';
import { type Demand, demandsOf } from '../targets/demands';
import { CAPACITY } from '../targets/inputs';
import { machinesOf } from '../targets/servers';
import { structureOf } from '../targets/structure';
import type { PathPart } from '../targets/structure-model';
import { answering, partsIn } from '../targets/variants';
import { asFraction, asPerSecond, asRate, asSeconds, count, seconds } from '../units/measure';
import type { Outcome } from '../units/outcome';
import type { Spread } from '../units/spread';
import { LOAD_PATH } from './apply-changes';
import { PATHS, STREAM_SIZES } from './inputs';
import { outOf, type Scene } from './scene';
import { policyFor } from './takeover';

/** The servers of a part of a path that are left, and what each of them carries. */
export interface PartLoad {
  part: PathPart;
  /** Of how many that answer at the same time, how many are left. */
  answering: number;
  left: number;
  /** Share of what one can carry, at the peak; over 1 it cannot. */
  each: Derived<Spread>;
}

/** What a number that the estate demands comes to on the servers that are left. */
export interface DemandLoad {
  demand: Demand;
  left: number;
  figures: { name: DemandFigure; derived: Derived<Spread> }[];
}
export type DemandFigure =
  /** Requests a second in the busiest hour. */
  | 'peak-requests'
  /** Share of them that waits for a worker. */
  | 'waiting'
  /** Streams on one server, not more in 999 of 1 000 moments; all of them where one is left. */
  | 'streams-on-one'
  /** Bytes a second that a server can send. */
  | 'usable'
  /** Share of that, at the rate of stream that was entered. */
  | 'line-use'
  /** Bytes a second at a size in common use, and its share of what is usable. */
  | `rate-${string}`
  | `use-${string}`;

export interface LoadEffects {
  parts: PartLoad[];
  demands: DemandLoad[];
  /** Requests on what is behind a cache that is gone, by service: so many times those of before. */
  behindCache: { service: string; times: Derived<Spread> }[];
}

const DAY = seconds(1, 'day');

export function loadEffects(scene: Scene): LoadEffects {
  const parts = partsIn(structureOf(scene.estate));
  const isMultiplied = scene.ledger.has(LOAD_PATH);
  const stands = parts.map((part) => ({ part, left: leftOf(scene, part) }));
  return {
    parts: stands.flatMap(({ part, left }) => {
      const before = answering(part);
      const after = Math.min(before, left);
      if (left === 0 || (after === before && !isMultiplied)) return [];
      const load = inputAt(scene.ledger, CAPACITY.load(part.id));
      const each = multiplied(
        scene,
        deriveSpread('load-each', { load }, ['load'], (at) =>
          loadOfEach(asFraction(at.load), count(before), count(after)),
        ),
      );
      return [{ part, answering: before, left: after, each }];
    }),
    demands: demandsOf(scene.estate, parts).flatMap((demand) => {
      const left = stands.find(({ part }) => part === demand.part)?.left ?? 0;
      return left === 0 ? [] : [demandLoad(scene, demand, left)];
    }),
    behindCache: scene.estate.services
      .filter(({ id, role }) => role === 'cache' && outOf(scene, id) !== undefined)
      .map(({ id }) => ({
        service: id,
        times: deriveSpread(
          'cache-loss',
          { hits: inputAt(scene.ledger, PATHS.cacheHits(id)) },
          ['hits'],
          ({ hits }): Outcome<number> =>
            hits < 1 ? ok(1 / (1 - hits)) : err([{ input: 'hits', problem: 'contradictory', against: '1' }]),
        ),
      })),
  };
}

/** Machines of a part on which all of its services still take work. */
function leftOf(scene: Scene, part: PathPart): number {
  const machines = machinesOf(scene.estate, 'en');
  const struck = new Set(
    scene.places.flatMap(({ id, service, host }) => {
      if (!scene.out.has(id) || !part.services.includes(service.id)) return [];
      return host === null
        ? part.servers.filter(({ services }) => services.includes(service.id)).map((server) => server.id)
        : [machines.of(host)];
    }),
  );
  return part.servers.filter(({ id }) => !struck.has(id)).length;
}

/** A load, times what the what-if multiplies it by. */
function multiplied({ ledger }: Scene, base: Derived<Spread>): Derived<Spread> {
  if (!ledger.has(LOAD_PATH)) return base;
  const terms = { base, times: inputAt(ledger, LOAD_PATH) };
  return deriveSpread('load-times', terms, ['base', 'times'], (at) => ok(at.base * at.times));
}

function demandLoad(scene: Scene, demand: Demand, left: number): DemandLoad {
  const figures =
    demand.metric === 'users-per-day'
      ? usersFigures(scene, demand, left)
      : streamsFigures(scene, demand, left);
  return { demand, left, figures };
}

function usersFigures(scene: Scene, { requirement, part }: Demand, left: number): DemandLoad['figures'] {
  const { ledger } = scene;
  const peak: Derived<Spread> = deriveSpread(
    'peak-arrivals',
    {
      users: multiplied(scene, inputAt(ledger, PATHS.target(requirement.id))),
      each: inputAt(ledger, CAPACITY.requestsPerUser),
      peak: inputAt(ledger, CAPACITY.peakShare),
    },
    ['users', 'each', 'peak'],
    (at) => {
      const found = arrivals({ users: count(at.users * DAY), each: at.each, peak: asFraction(at.peak) });
      return found.ok ? ok(found.value.peak) : found;
    },
  );
  const terms = {
    arrivals: peak,
    service: inputAt(ledger, CAPACITY.serviceTime(part.id)),
    workers: inputAt(ledger, CAPACITY.workers(part.id)),
  };
  const waits = deriveSpread('erlang-c', terms, ['arrivals', 'service'], (at) => {
    const queue = { arrivals: asPerSecond(at.arrivals), service: asSeconds(at.service) };
    const found = waiting({ ...queue, workers: at.workers * left });
    return found.ok ? ok(found.value.waits) : found;
  });
  return [
    { name: 'peak-requests', derived: peak },
    { name: 'waiting', derived: waits },
  ];
}

function streamsFigures(scene: Scene, { requirement, part }: Demand, left: number): DemandLoad['figures'] {
  const { ledger } = scene;
  const streams = multiplied(scene, inputAt(ledger, PATHS.target(requirement.id)));
  const chosen = part.services.some((service) => policyFor(scene, service) !== undefined);
  const onOne =
    left === 1
      ? streams
      : deriveSpread(chosen && left === 2 ? 'client-choice' : 'load-each', { streams }, ['streams'], (at) => {
          if (!chosen || left !== 2) return ok(at.streams / left);
          const found = chosenLoad(count(Math.round(at.streams)));
          return found.ok ? ok(found.value.p999) : found;
        });
  const line = {
    link: inputAt(ledger, CAPACITY.link(part.id)),
    efficiency: inputAt(ledger, PATHS.linkEfficiency),
  };
  const use = (each: Derived<Spread>) =>
    deriveSpread('stream-load', { streams: onOne, each, ...line }, ['streams', 'each'], (at) => {
      const found = streamLoad(
        count(at.streams),
        asRate(at.each),
        asRate(at.link),
        asFraction(at.efficiency),
      );
      return found.ok ? ok(found.value.use) : found;
    });
  return [
    { name: 'streams-on-one', derived: onOne },
    {
      name: 'usable',
      derived: deriveSpread('usable-line', line, ['link', 'efficiency'], (at) => ok(at.link * at.efficiency)),
    },
    { name: 'line-use', derived: use(inputAt(ledger, CAPACITY.streamRate(part.id))) },
    ...STREAM_SIZES.flatMap(({ name }): DemandLoad['figures'] => {
      const each = inputAt(ledger, PATHS.stream(name));
      const rate = deriveSpread('streams-rate', { streams: onOne, each }, ['streams', 'each'], (at) =>
        ok(at.streams * at.each),
      );
      return [
        { name: `rate-${name}`, derived: rate },
        { name: `use-${name}`, derived: use(each) },
      ];
    }),
  ];
}

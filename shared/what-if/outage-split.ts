import { assertNever } from '../errors';
import type { Service } from '../estate/schema';
import { failoverTime } from '../plan/availability/failover';
import { type Derived, deriveSpread, inputAt } from '../plan/ledger/derived';
import { ledgerOf, rowOf } from '../plan/ledger/ledger';
import { AVAILABILITY } from '../targets/inputs';
import { asSeconds } from '../units/measure';
import type { Spread } from '../units/spread';
import { PATHS, partsByService } from './inputs';
import { outOf, placesOfService, type Scene } from './scene';
import { type Takeover, takeoverOf } from './takeover';

export type OutagePart = 'detect' | 'decide' | 'act' | 'client' | 'repair';

/** How long the work of one service is away, in its parts. Seconds. */
export interface OutageSplit {
  service: string;
  takeover: Takeover;
  parts: { part: OutagePart; time: Derived<Spread> }[];
  total: Derived<Spread>;
}

/**
 * The outage of every service that failed: noticed, decided, taken over, found by its clients; or repaired, where nobody
 * takes over. A part that does not happen, as a person's decision where clients choose by themselves, is left out: it is
 * not zero by assumption. A service that is emptied first hands its work over before it stops, and has none.
 */
export const outageSplits = (scene: Scene): OutageSplit[] =>
  scene.estate.services.flatMap((service) => {
    const failed = placesOfService(scene, service.id).some(({ id }) => scene.out.get(id) === 'failed');
    if (!failed) return [];
    const takeover = takeoverOf(scene, service);
    const parts = partsOf(scene, service, takeover);
    return parts.length === 0 ? [] : [{ service: service.id, takeover, parts, total: totalOf(parts) }];
  });

function partsOf(scene: Scene, { id }: Service, takeover: Takeover): OutageSplit['parts'] {
  const of = partsByService(scene.estate).get(id) ?? id;
  const at = (part: OutagePart, path: string = AVAILABILITY[part](of)) => ({
    part,
    time: inputAt(scene.ledger, path),
  });
  switch (takeover.kind) {
    case 'other-place':
      if (takeover.by === 'clients') return [at('client', PATHS.timeout(takeover.via ?? ''))];
      return takeover.by === 'balancer'
        ? [at('detect'), at('client')]
        : [at('detect'), at('act'), at('client')];
    case 'promotion':
      return takeover.how === 'by-itself'
        ? [at('detect'), at('act'), at('client')]
        : [at('detect'), at('decide'), at('act'), at('client')];
    case 'other-copy':
      if (!isRead(scene, id)) return [];
      return [at('detect'), at('decide'), at('client')];
    case 'behind-cache':
      return [];
    case 'nobody':
      return outOf(scene, id) === 'failed' ? [at('repair')] : [];
    default:
      return assertNever(takeover);
  }
}

/** Does anybody read this copy, so that its loss is felt? */
const isRead = ({ estate }: Scene, service: string): boolean =>
  estate.routing.some(({ to }) => to === service) ||
  estate.links.some(({ to, purpose }) => to === service && purpose !== undefined && READING.has(purpose));
const READING: ReadonlySet<string> = new Set(['request', 'read', 'read-write', 'write']);

/** A part that does not happen takes no time by the nature of the takeover, not by anybody's guess. */
const NONE = rowOf(
  { path: 'what-if/no-such-part', dimension: 'seconds' },
  {
    quantity: { value: 0, unit: 's', source: 'reference', cite: 'the takeover has no such part' },
    provenance: { kind: 'reference', cite: 'the takeover has no such part' },
  },
);

function totalOf(parts: OutageSplit['parts']): Derived<Spread> {
  const [only] = parts;
  if (only && parts.length === 1) return only.time;
  const terms = Object.fromEntries(parts.map(({ part, time }) => [part, time]));
  const none = inputAt(ledgerOf([NONE]), NONE.path);
  const all = {
    detect: terms.detect ?? none,
    decide: terms.decide ?? none,
    act: terms.act ?? none,
    client: terms.client ?? none,
  };
  return deriveSpread('failover-time', all, ['detect', 'decide', 'act', 'client'], (each) =>
    failoverTime({
      detect: asSeconds(each.detect),
      decide: asSeconds(each.decide),
      act: asSeconds(each.act),
      client: asSeconds(each.client),
    }),
  );
}

/** The longest of them: nothing is whole before it is over. undefined: nothing failed. Unknown as soon as one is. */
export function longestOutage(splits: readonly OutageSplit[]): Derived<Spread> | undefined {
  const [first, ...others] = splits;
  if (!first) return undefined;
  if (others.length === 0) return first.total;
  const terms = Object.fromEntries(splits.map(({ service, total }) => [service, total]));
  return deriveSpread('longest-of', terms, Object.keys(terms), (each) => ({
    ok: true,
    value: Math.max(...Object.values(each)),
  }));
}

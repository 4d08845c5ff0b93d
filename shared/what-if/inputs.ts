import type { Language, LedgerEntry } from '../contract';
import type { Estate, MaybeQuantity } from '../estate/schema';
import type { Input } from '../plan/inputs';
import { type Ledger, ledgerOf, rowOf } from '../plan/ledger/ledger';
import { planBasisOf } from '../plan/plan-of';
import { resolveInputs } from '../plan/resolve-inputs';
import type { Snapshot } from '../snapshot';
import { AVAILABILITY, targetInputsOf } from '../targets/inputs';
import { targetLedger } from '../targets/ledger';
import { structureOf } from '../targets/structure';
import { partsIn } from '../targets/variants';
import { say, texts } from '../text';

/** Where the inputs of consequences stand that neither the plan nor the comparison of targets asks for. */
export const PATHS = {
  lag: (cluster: string): string => `clusters/${cluster}/lag`,
  copyAge: (dataSet: string): string => `dataSets/${dataSet}/copyAge`,
  cacheHits: (service: string): string => `capacity/${service}/hits`,
  stickiness: (policy: string): string => `clientPolicies/${policy}/stickiness`,
  timeout: (policy: string): string => `clientPolicies/${policy}/timeout`,
  target: (requirement: string): string => `requirements/${requirement}/target`,
  stream: (size: string): string => `reference/stream-${size}`,
  linkEfficiency: 'reference/linkEfficiency',
} as const;

/** Sizes of video in common use, with the rate of one stream in Mbit/s. */
export const STREAM_SIZES = [
  { name: '360p', rate: 1 },
  { name: '480p', rate: 2.5 },
  { name: '720p', rate: 5 },
  { name: '1080p', rate: 8 },
] as const;
const STREAM_CITE = 'YouTube Help, recommended encoding settings at 24 to 30 images a second';

/** Everything that a what-if can set, and what is known of it. */
export interface Inputs {
  inputs: readonly Input[];
  ledger: Ledger;
}

/**
 * The part of a path by which the inputs of a service are named: that of the first service on it. A service that no
 * workflow needs has inputs of its own, or shares those of its cluster.
 */
export function partsByService(estate: Estate): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  for (const { id, services } of partsIn(structureOf(estate))) {
    for (const service of services) if (!parts.has(service)) parts.set(service, id);
  }
  for (const { members } of estate.clusters) {
    const lead = members.map(({ service }) => parts.get(service)).find((part) => part !== undefined);
    for (const { service } of members)
      if (lead !== undefined && !parts.has(service)) parts.set(service, lead);
  }
  for (const { id } of estate.services) if (!parts.has(id)) parts.set(id, id);
  return parts;
}

interface Own {
  input: Input;
  stated?: MaybeQuantity | undefined;
}

/** What consequences ask for beside the plan and the comparison of targets, with what the estate states of it. */
function ownInputs(estate: Estate, language: Language): Own[] {
  const { inputs: words } = texts(language).whatIf;
  const time = (path: string, unit: string, title: string, stated?: MaybeQuantity): Own => ({
    input: { path, dimension: 'seconds', unit, title },
    stated,
  });
  const titles = new Map(estate.services.map(({ id, title }) => [id, say(title ?? id, language)]));
  return [
    ...[...new Set(partsByService(estate).values())].flatMap((part) => {
      const name = titles.get(part) ?? part;
      return [
        time(AVAILABILITY.detect(part), 'min', words.detect(name)),
        time(AVAILABILITY.decide(part), 'min', words.decide(name)),
        time(AVAILABILITY.act(part), 'min', words.act(name)),
        time(AVAILABILITY.client(part), 'min', words.client(name)),
        time(AVAILABILITY.repair(part), 'h', words.repair(name)),
      ];
    }),
    ...estate.clusters.map(({ id, title }) =>
      time(PATHS.lag(id), 's', words.lag(say(title ?? id, language))),
    ),
    ...estate.dataSets
      .filter(({ store }) => store !== 'cache' && store !== 'session')
      .map(({ id, title }) => time(PATHS.copyAge(id), 's', words.copyAge(say(title, language)))),
    ...estate.services
      .filter(({ role }) => role === 'cache')
      .map(({ id }): Own => {
        const title = words.cacheHits(titles.get(id) ?? id);
        return { input: { path: PATHS.cacheHits(id), dimension: 'fraction', unit: '%', title } };
      }),
    ...estate.clientPolicies.flatMap(({ id, stickiness, timeout }) => [
      time(PATHS.stickiness(id), 'h', words.stickiness(id), stickiness),
      time(PATHS.timeout(id), 's', words.timeout(id), timeout),
    ]),
    ...estate.requirements
      .filter(({ metric }) => metric === 'availability')
      .map(({ id, title, target }): Own => {
        const input: Input = {
          path: PATHS.target(id),
          dimension: 'fraction',
          unit: '%',
          title: say(title, language),
        };
        return { input, stated: target };
      }),
  ];
}

/** Of one estate: its ledger is the same until a value of it changes, and a what-if is asked again at every click. */
const known = new WeakMap<Estate, { key: readonly unknown[]; made: Inputs }>();

/**
 * Everything that a what-if on this estate can set, each path once, and the ledger of it: as the plan and the comparison
 * of targets resolve it. `asIs` is the estate as opened, `here` the same in a scenario.
 */
export function inputsOf(
  asIs: Estate,
  here: Estate,
  entries: readonly LedgerEntry[],
  snapshot: Snapshot | null,
  language: Language,
): Inputs {
  const key = [asIs, entries, snapshot, language];
  const before = known.get(here);
  if (before?.key.every((each, at) => each === key[at])) return before.made;
  const made = resolve(asIs, here, entries, snapshot, language);
  known.set(here, { key, made });
  return made;
}

function resolve(
  asIs: Estate,
  here: Estate,
  entries: readonly LedgerEntry[],
  snapshot: Snapshot | null,
  language: Language,
): Inputs {
  const plan = planBasisOf(asIs, entries, snapshot, language);
  const own = ownInputs(here, language);
  const ownLedger = resolveInputs(
    own.map(({ input }) => input),
    here,
    entries,
    snapshot,
  );
  const entered = new Set(entries.flatMap(({ path, quantity }) => (quantity === 'unknown' ? [] : [path])));
  const ownRows = own.flatMap(({ input, stated }) => {
    // What a person entered comes before what the estate states, as everywhere.
    if (entered.has(input.path) || stated === undefined || stated === 'unknown')
      return ownLedger.get(input.path) ?? [];
    return rowOf(input, { quantity: stated, provenance: { kind: 'stated' } });
  });
  const inputs = new Map<string, Input>();
  const targets = targetInputsOf(asIs, language);
  for (const input of [...plan.inputs, ...targets, ...own.map(({ input }) => input)]) {
    if (!inputs.has(input.path)) inputs.set(input.path, input);
  }
  const ledger = new Map([
    ...sizes(),
    ...targetLedger(asIs, entries, snapshot, language),
    ...plan.ledger,
    ...ledgerOf(ownRows.filter(({ path, state }) => state !== 'unknown' || !plan.ledger.has(path))),
  ]);
  return { inputs: [...inputs.values()], ledger };
}

const sizes = (): Ledger =>
  ledgerOf(
    STREAM_SIZES.map(({ name, rate }) =>
      rowOf(
        { path: PATHS.stream(name), dimension: 'rate' },
        {
          quantity: { value: rate, unit: 'Mbit/s', source: 'reference', cite: STREAM_CITE },
          provenance: { kind: 'reference', cite: STREAM_CITE },
        },
      ),
    ),
  );

import type { Language, LedgerEntry } from '../contract';
import type { DataSet, Estate, MaybeQuantity, Quantity } from '../estate/schema';
import { answerOf, type Snapshot } from '../snapshot';
import { say, texts } from '../text';
import type { PlanAssumption } from '../views/plan';
import { type Dimension, type Spread, spreadOf } from './quantities';

/**
 * The numbers a plan stands on. Nothing is assumed by the console: a value is stated in the estate, measured,
 * entered by a person, or a cited reference of technique; else it is unknown, and so is what follows from it.
 *
 * Order of precedence for one path: what a person entered or the console measured into the ledger, because
 * it was said last and about this plan; then what the estate states; then what the last look measured; then
 * the reference.
 */
export interface Input {
  path: string;
  dimension: Dimension;
  /** Unit offered to a person who enters the value. */
  unit: string;
  title: string;
}
export interface Inputs {
  /** In base units; null = unknown. Notes that the path was asked for. */
  get(path: string): Spread | null;
  assumptions: readonly PlanAssumption[];
}

interface Found {
  quantity: Quantity;
  origin: string;
  at?: number;
}

/** The inputs of this estate's plan, in the order in which a person would look for them. */
export function inputsOf(
  estate: Estate,
  steps: readonly { id: string; title: string }[],
  language: Language,
): Input[] {
  const { inputs } = texts(language).plan;
  const list: Input[] = [
    { path: 'assumptions/linkRate', dimension: 'rate', unit: 'Mbit/s', title: inputs.linkRate() },
    { path: 'reference/linkEfficiency', dimension: 'fraction', unit: '%', title: inputs.linkEfficiency() },
    { path: 'reference/linkContention', dimension: 'fraction', unit: '%', title: inputs.linkContention() },
  ];
  const stores = new Set(estate.dataSets.map((set) => set.store));
  for (const set of estate.dataSets) {
    const name = say(set.title, language);
    if (!isMoved(set)) continue;
    list.push({ path: `dataSets/${set.id}/size`, dimension: 'bytes', unit: 'GB', title: inputs.size(name) });
    if (set.store === 'database') continue;
    list.push(
      {
        path: `dataSets/${set.id}/changeRate`,
        dimension: 'rate',
        unit: 'GB/day',
        title: inputs.changeRate(name),
      },
      {
        path: `dataSets/${set.id}/fileCount`,
        dimension: 'count',
        unit: 'files',
        title: inputs.fileCount(name),
      },
      {
        path: `dataSets/${set.id}/changedFiles`,
        dimension: 'countRate',
        unit: 'files/day',
        title: inputs.changedFiles(name),
      },
    );
  }
  if (stores.has('files') || stores.has('document')) {
    list.push(
      { path: 'assumptions/scanTime', dimension: 'seconds', unit: 'min', title: inputs.scanTime() },
      { path: 'reference/perFileTime', dimension: 'seconds', unit: 'ms', title: inputs.perFileTime() },
    );
  }
  if (stores.has('database')) {
    list.push(
      { path: 'assumptions/dumpRate', dimension: 'rate', unit: 'MB/s', title: inputs.dumpRate() },
      { path: 'assumptions/loadRate', dimension: 'rate', unit: 'MB/s', title: inputs.loadRate() },
    );
  }
  for (const step of steps) {
    list.push({
      path: `steps/${step.id}`,
      dimension: 'seconds',
      unit: 'min',
      title: inputs.stepTime(step.title),
    });
  }
  return list;
}

/** Data that must be carried over; caches and sessions are filled anew. */
export const isMoved = (set: DataSet): boolean =>
  set.store === 'database' || set.store === 'files' || set.store === 'document';

/** Finds the value of every input; `assumptions` is what the ledger shows. */
export function resolveInputs(
  inputs: readonly Input[],
  estate: Estate,
  ledger: readonly LedgerEntry[],
  snapshot: Snapshot | null,
  language: Language,
): Inputs {
  const found = new Map(
    inputs.map((input) => [input.path, find(input, estate, ledger, snapshot, language)] as const),
  );
  const spreads = new Map(
    inputs.map((input) => {
      const value = found.get(input.path);
      return [input.path, value ? spreadOf(value.quantity, input.dimension) : null] as const;
    }),
  );
  return {
    get: (path) => spreads.get(path) ?? null,
    assumptions: inputs.map(({ path, title, unit }) => {
      const value = found.get(path);
      // A unit of another dimension makes the value useless here: shown as unknown, not quietly converted.
      if (!value || !spreads.get(path)) return { path, title, value: null, unit, source: 'unknown' };
      const { quantity, origin, at } = value;
      return {
        path,
        title,
        value: quantity.value,
        unit: quantity.unit,
        source: quantity.source,
        origin,
        ...(at === undefined ? {} : { at }),
      };
    }),
  };
}

function find(
  input: Input,
  estate: Estate,
  ledger: readonly LedgerEntry[],
  snapshot: Snapshot | null,
  language: Language,
): Found | null {
  const { origin } = texts(language).plan;
  const entry = ledger.findLast((one) => one.path === input.path);
  if (entry && entry.quantity !== 'unknown') {
    const { quantity } = entry;
    const from =
      quantity.source === 'measured'
        ? origin.measured(quantity.where ?? '?')
        : origin.entered(quantity.by ?? '?');
    return { quantity, origin: from, at: entry.at };
  }
  const stated = statedAt(input.path, estate);
  if (stated !== undefined && stated !== 'unknown') {
    return { quantity: stated, origin: stated.cite ?? stated.where ?? origin.stated };
  }
  return measuredAt(input.path, estate, snapshot, language) ?? referenceAt(input.path, language);
}

function statedAt(path: string, estate: Estate): MaybeQuantity | undefined {
  const [collection, id, field] = path.split('/');
  if (collection === 'assumptions' && id !== undefined) return estate.assumptions[id];
  if (collection !== 'dataSets') return undefined;
  const set = estate.dataSets.find((one) => one.id === id);
  return field === 'size' || field === 'changeRate' || field === 'fileCount' ? set?.[field] : undefined;
}

/** Facts of the last look that answer an input: bytes of a database's tables. */
const FACT_OF_SIZE = 'mysql.data.bytes';

function measuredAt(
  path: string,
  estate: Estate,
  snapshot: Snapshot | null,
  language: Language,
): Found | null {
  const set = estate.dataSets.find((one) => path === `dataSets/${one.id}/size` && one.store === 'database');
  const service = estate.services.find((one) => one.id === set?.service);
  const [host] = service?.hosts ?? [];
  if (!snapshot || !service || host === undefined) return null;
  const fact = answerOf(snapshot.hosts[host])?.services[service.id]?.facts[FACT_OF_SIZE];
  if (typeof fact?.value !== 'number') return null;
  const origin = texts(language).plan.origin.measured(service.id);
  return { quantity: { value: fact.value, unit: 'B', source: 'measured' }, origin, at: fact.at };
}

function referenceAt(path: string, language: Language): Found | null {
  const { origin } = texts(language).plan;
  switch (path) {
    case 'reference/linkEfficiency':
      return { quantity: { value: 93, unit: '%', source: 'reference' }, origin: origin.linkEfficiency };
    case 'reference/linkContention':
      return {
        quantity: { value: 70, unit: '%', source: 'reference', range: { low: 60, high: 80 } },
        origin: origin.linkContention,
      };
    case 'reference/perFileTime':
      return {
        quantity: { value: 3, unit: 'ms', source: 'reference', range: { low: 2, high: 5 } },
        origin: origin.perFileTime,
      };
    default:
      return null;
  }
}

import type { Language, LedgerEntry } from '../contract';
import { type AppError, assertNever, err, ok, type Result } from '../errors';
import { applyScenario } from '../estate/apply-scenario';
import type { Estate } from '../estate/schema';
import type { Input } from '../plan/inputs';
import { type Ledger, ledgerOf, rowOf } from '../plan/ledger/ledger';
import type { Snapshot } from '../snapshot';
import { variantsOf } from '../targets/variants';
import { positive } from '../units/outcome';
import { type Change, printChange } from './change';
import { inputsOf } from './inputs';
import { badValue, twice, unknownName } from './refuse-change';
import { nodeNames, nodesNamed } from './resolve-node';
import { type Out, type Place, placesIn, type Scene } from './scene';

/** Who set a value in a what-if, where a ledger says who. */
export const BY_WHAT_IF = 'what-if';
/** How many times the load is multiplied; in the ledger, so that what follows from it names it. */
export const LOAD_PATH = 'what-if/load';

/** What changes do to a scene before it stands. */
interface Draft {
  estate: Estate;
  places: readonly Place[];
  inputs: readonly Input[];
  out: Map<string, Out>;
  hostsOut: Map<string, Out>;
  cut: Set<string>;
  rows: Map<string, { value: number; unit: string }>;
  load: number;
}

/**
 * Lays changes on an estate and its ledger, in order: a later one sees what those before it did. A scenario is where all
 * of them start, wherever it stands in the list.
 * @returns every change that names what is not there (E_WHATIF_NAME), sets what cannot be meant (E_WHATIF_VALUE), or is the
 * second scenario (E_WHATIF_TWICE); or the mistakes of the scenario itself. Each names the change as it was entered.
 */
export function applyChanges(
  estate: Estate,
  entries: readonly LedgerEntry[],
  snapshot: Snapshot | null,
  changes: readonly Change[],
  language: Language = 'en',
): Result<Scene, AppError[]> {
  const start = startOf(estate, changes);
  if (!start.ok) return start;
  const here = start.value;
  const { inputs, ledger: before } = inputsOf(estate, here, entries, snapshot, language);
  const draft: Draft = {
    estate: here,
    places: placesIn(here),
    inputs,
    out: new Map(),
    hostsOut: new Map(),
    cut: new Set(),
    rows: new Map(),
    load: 1,
  };
  const errors = changes.flatMap((change) => applyOne(draft, change));
  if (errors.length > 0) return err(errors);
  const { places, out, hostsOut, cut } = draft;
  const ledger = withSet(before, draft);
  return ok({ asIs: estate, estate: here, changes, places, out, hostsOut, cut, ledger });
}

function startOf(estate: Estate, changes: readonly Change[]): Result<Estate, AppError[]> {
  const scenarios = changes.flatMap((change) => (change.kind === 'scenario' ? [change] : []));
  const [first, second] = scenarios;
  if (!first) return ok(estate);
  if (second) return err([twice(printChange(second))]);
  const ids = estate.scenarios.map(({ id }) => id);
  if (!ids.includes(first.id)) return err([unknownName('scenario', first.id, ids, printChange(first))]);
  // A target was laid over this estate already when targets were compared; the same value is found by every cache.
  const target = variantsOf(estate, 'en').find(({ id }) => id === first.id);
  return target?.made.ok ? ok(target.made.estate) : applyScenario(estate, first.id);
}

function applyOne(draft: Draft, change: Change): AppError[] {
  const entry = printChange(change);
  switch (change.kind) {
    case 'scenario':
      return [];
    case 'fail':
    case 'drain': {
      const left = draft.places.filter(({ id }) => draft.out.get(id) !== 'removed');
      const named = nodesNamed(draft.estate, left, change.node);
      const isGone = named?.places.length === 0 && named.hosts.length === 0;
      if (!named || isGone) {
        return [unknownName('node', change.node, nodeNames(draft.estate, left), entry)];
      }
      const how = change.kind === 'fail' ? 'failed' : 'drained';
      for (const { id } of named.places) strike(draft.out, id, how);
      for (const host of named.hosts) strike(draft.hostsOut, host, how);
      return [];
    }
    case 'cut': {
      const ids = draft.estate.links.map(({ id }) => id);
      if (!ids.includes(change.link)) return [unknownName('link', change.link, ids, entry)];
      draft.cut.add(change.link);
      return [];
    }
    case 'remove': {
      const left = draft.places.filter(({ id }) => draft.out.get(id) !== 'removed');
      const gone = left.filter(({ service }) => service.id === change.service);
      const known = left.map(({ service }) => service.id);
      if (gone.length === 0) return [unknownName('service', change.service, known, entry)];
      for (const { id } of gone) draft.out.set(id, 'removed');
      return [];
    }
    case 'set':
      return setOne(draft, change, entry);
    case 'load': {
      const bad = positive('times', change.times * draft.load, 'count')[0];
      if (bad) return [badValue(entry, LOAD_PATH, bad.problem, String(change.times), '2')];
      draft.load *= change.times;
      return [];
    }
    default:
      return assertNever(change);
  }
}

/** What failed stays failed: emptying a dead server does not bring it back. */
function strike(out: Map<string, Out>, id: string, how: 'failed' | 'drained'): void {
  if (how === 'failed' || out.get(id) !== 'failed') out.set(id, how);
}

function setOne(draft: Draft, change: Extract<Change, { kind: 'set' }>, entry: string): AppError[] {
  const { path, value, unit } = change;
  const asked = draft.inputs.find((input) => input.path === path);
  if (!asked)
    return [
      unknownName(
        'input',
        path,
        draft.inputs.map((input) => input.path),
        entry,
      ),
    ];
  const row = setRow(asked, { value, unit });
  if (row.state === 'refused') {
    const [bad] = row.bad;
    return bad ? [badValue(entry, path, bad.problem, `${value} ${unit}`, asked.unit)] : [];
  }
  draft.rows.set(path, { value, unit });
  return [];
}

const setRow = ({ path, dimension }: Input, quantity: { value: number; unit: string }) =>
  rowOf(
    { path, dimension },
    {
      quantity: { ...quantity, source: 'assumed', by: BY_WHAT_IF },
      provenance: { kind: 'assumed', by: BY_WHAT_IF },
    },
  );

/** The ledger with what was set, and with the factor of the load where there is one. */
function withSet(ledger: Ledger, { inputs, rows, load }: Draft): Ledger {
  if (rows.size === 0 && load === 1) return ledger;
  const changed = inputs.flatMap((asked) => {
    const set = rows.get(asked.path);
    return set ? [setRow(asked, set)] : [];
  });
  const factor = { path: LOAD_PATH, dimension: 'count', unit: '1', title: '' } as const;
  const times = load === 1 ? [] : [setRow(factor, { value: load, unit: '1' })];
  return new Map([...ledger, ...ledgerOf([...changed, ...times])]);
}

/** The entries of a ledger with what a what-if sets over them: for whatever reads entries, as the plan does. */
export const entriesWith = (entries: readonly LedgerEntry[], changes: readonly Change[]): LedgerEntry[] => [
  ...entries,
  ...changes.flatMap((change): LedgerEntry[] =>
    change.kind === 'set'
      ? [
          {
            path: change.path,
            quantity: { value: change.value, unit: change.unit, source: 'assumed', by: BY_WHAT_IF },
            at: 0,
          },
        ]
      : [],
  ),
];

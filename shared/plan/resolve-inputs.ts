import type { Language, LedgerEntry } from '../contract';
import { assertNever } from '../errors';
import type { DataSet, Estate, MaybeQuantity, Quantity } from '../estate/schema';
import { answerOf, type Snapshot } from '../snapshot';
import { texts } from '../text';
import type { PlanAssumption } from '../views/plan';
import type { Input } from './inputs';
import { type Found, type Ledger, type LedgerRow, ledgerOf, type Provenance, rowOf } from './ledger/ledger';
import { REFERENCES } from './references';

/**
 * The numbers a plan stands on. Nothing is assumed by the console: a value is stated in the estate, measured,
 * entered by a person, or a cited reference of technique; else it is unknown, and so is what follows from it.
 *
 * Order of precedence for one path: what a person entered or the console measured into the ledger, because
 * it was said last and about this plan; then what the estate states; then what the last look measured; then
 * the reference.
 */
export function resolveInputs(
  inputs: readonly Input[],
  estate: Estate,
  ledger: readonly LedgerEntry[],
  snapshot: Snapshot | null,
): Ledger {
  const sources: Sources = {
    estate,
    snapshot,
    entries: new Map(ledger.map((entry) => [entry.path, entry])),
    dataSets: new Map(estate.dataSets.map((set) => [set.id, set])),
    services: new Map(estate.services.map((service) => [service.id, service])),
  };
  return ledgerOf(inputs.map((input) => rowOf(input, find(input.path, sources))));
}

/** The ledger as the plan shows it: a value that cannot be meant counts as unknown, and is never quietly converted. */
export function assumptionsOf(
  inputs: readonly Input[],
  ledger: Ledger,
  language: Language,
): PlanAssumption[] {
  return inputs.map(({ path, title, unit }) => {
    const row = ledger.get(path);
    if (row?.state !== 'known') return { path, title, value: null, unit, source: 'unknown' };
    const { quantity, provenance } = row;
    const at = 'at' in provenance ? provenance.at : undefined;
    const view: PlanAssumption = {
      path,
      title,
      value: quantity.value,
      unit: quantity.unit,
      source: quantity.source,
      origin: originText(row, language),
    };
    if (at !== undefined) view.at = at;
    return view;
  });
}

/** Who says so, in the reader's language: where it was stated or measured, who entered it, or what is cited. */
export function originText(
  { path, provenance, quantity }: Extract<LedgerRow, { state: 'known' }>,
  language: Language,
) {
  const { origin } = texts(language).plan;
  switch (provenance.kind) {
    case 'stated':
      return provenance.where ?? origin.stated;
    case 'measured':
      return origin.measured(provenance.where ?? '?');
    case 'assumed':
      return provenance.by === undefined ? origin.stated : origin.entered(provenance.by);
    case 'reference': {
      const builtIn = REFERENCES.get(path);
      return builtIn && builtIn.quantity === quantity ? origin[builtIn.origin] : provenance.cite;
    }
    default:
      return assertNever(provenance);
  }
}

interface Sources {
  estate: Estate;
  snapshot: Snapshot | null;
  /** The last entry of each path. */
  entries: ReadonlyMap<string, LedgerEntry>;
  dataSets: ReadonlyMap<string, DataSet>;
  services: ReadonlyMap<string, Estate['services'][number]>;
}

function find(path: string, sources: Sources): Found | null {
  return (
    enteredAt(path, sources) ?? statedAt(path, sources) ?? measuredAt(path, sources) ?? referenceAt(path)
  );
}

/** In the ledger: said at a moment, by somebody, even where the entry does not say by whom. */
function enteredAt(path: string, { entries }: Sources): Found | null {
  const entry = entries.get(path);
  if (!entry || entry.quantity === 'unknown') return null;
  const { quantity, at } = entry;
  return { quantity, provenance: provenanceOf(quantity, at, quantity.by ?? '?') };
}

function statedAt(path: string, { estate, dataSets }: Sources): Found | null {
  const quantity = statedQuantity(path, estate, dataSets);
  if (quantity === undefined || quantity === 'unknown') return null;
  return { quantity, provenance: provenanceOf(quantity) };
}

function statedQuantity(
  path: string,
  estate: Estate,
  dataSets: Sources['dataSets'],
): MaybeQuantity | undefined {
  const [collection, id = '', field] = path.split('/');
  switch (collection) {
    case 'assumptions':
      return estate.assumptions[id];
    case 'requirements':
      return estate.requirements.find((requirement) => requirement.id === id)?.target;
    case 'clientPolicies': {
      const policy = estate.clientPolicies.find((each) => each.id === id);
      return field === 'stickiness' || field === 'timeout' ? policy?.[field] : undefined;
    }
    case 'dataSets': {
      const set = dataSets.get(id);
      return field === 'size' || field === 'changeRate' || field === 'fileCount' ? set?.[field] : undefined;
    }
    default:
      return undefined;
  }
}

/** `who` stands for the person and the place that the quantity does not name. */
function provenanceOf(quantity: Quantity, at?: number, who?: string): Provenance {
  const when = at === undefined ? {} : { at };
  const where = quantity.cite ?? quantity.where ?? who;
  const by = quantity.by ?? who;
  switch (quantity.source) {
    case 'stated':
      return { kind: 'stated', ...(where === undefined ? {} : { where }) };
    case 'measured':
      return { kind: 'measured', ...(where === undefined ? {} : { where }), ...when };
    case 'assumed':
      return { kind: 'assumed', ...(by === undefined ? {} : { by }), ...when };
    case 'reference':
      return { kind: 'reference', cite: quantity.cite ?? '' };
    default:
      return assertNever(quantity.source);
  }
}

/** Facts of the last look that answer an input: bytes of a database's tables. */
const FACT_OF_SIZE = 'mysql.data.bytes';

function measuredAt(path: string, { snapshot, dataSets, services }: Sources): Found | null {
  const [, id] = /^dataSets\/([^/]+)\/size$/.exec(path) ?? [];
  const set = dataSets.get(id ?? '');
  const service = set?.store === 'database' ? services.get(set.service) : undefined;
  const [host] = service?.hosts ?? [];
  if (!snapshot || !service || host === undefined) return null;
  const fact = answerOf(snapshot.hosts[host])?.services[service.id]?.facts[FACT_OF_SIZE];
  if (typeof fact?.value !== 'number') return null;
  return {
    quantity: { value: fact.value, unit: 'B', source: 'measured' },
    provenance: { kind: 'measured', where: service.id, at: fact.at },
  };
}

function referenceAt(path: string): Found | null {
  const builtIn = REFERENCES.get(path);
  return builtIn
    ? { quantity: builtIn.quantity, provenance: { kind: 'reference', cite: builtIn.cite } }
    : null;
}

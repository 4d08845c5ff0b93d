import type { Estate, MaybeQuantity, Quantity } from '../estate/schema';
import { isCurrency } from '../units/unit-names';
import { AS_IS, variantsOf } from './variants';

/**
 * What the estate file states for an input of the comparison: by its own path among the assumptions; of a part by the
 * `quantities` of its service, or of a host of it; a demand by its requirement; a price by the costs of the variant,
 * summed up when every one of them is known. undefined: it states nothing.
 */
export function statedForTargets(path: string, estate: Estate): MaybeQuantity | undefined {
  const own = estate.assumptions[path];
  if (own !== undefined) return own;
  const [collection, id = '', field = ''] = path.split('/');
  switch (collection) {
    case 'availability':
    case 'capacity':
      return ofPart(id, field, estate);
    case 'requirements':
      return estate.requirements.find((requirement) => requirement.id === id)?.target;
    case 'costs':
      return ofVariant(id, field, estate);
    default:
      return undefined;
  }
}

/** Today's service of that id, or the first target's that has one. */
function ofPart(id: string, field: string, estate: Estate): MaybeQuantity | undefined {
  for (const { made } of variantsOf(estate, 'en')) {
    if (!made.ok) continue;
    const service = made.estate.services.find((each) => each.id === id);
    if (!service) continue;
    const hosts = made.estate.hosts.filter((host) => service.hosts?.includes(host.id));
    for (const { quantities } of [service, ...hosts]) {
      const found = quantities && Object.hasOwn(quantities, field) ? quantities[field] : undefined;
      if (found !== undefined && found !== 'unknown') return found;
    }
  }
  return undefined;
}

function ofVariant(id: string, field: string, estate: Estate): MaybeQuantity | undefined {
  const variant = variantsOf(estate, 'en').find((each) => each.id === id);
  if (!variant?.made.ok) return undefined;
  const { costs } = variant.made.estate;
  switch (field) {
    case 'effort':
      return variant.scenario?.effort;
    case 'perMonth':
      return sumOf(costs.filter(({ per }) => per !== 'once'));
    case 'once':
      return id === AS_IS ? undefined : sumOf(costs.filter(({ per }) => per === 'once'));
    default:
      return undefined;
  }
}

/** A month of all of them; unknown as soon as one is, and nothing where they are of two currencies or there is none. */
function sumOf(costs: Estate['costs']): MaybeQuantity | undefined {
  const amounts = costs.flatMap(({ amount, per }): Quantity[] =>
    amount === 'unknown' ? [] : [{ ...amount, value: per === 'year' ? amount.value / 12 : amount.value }],
  );
  const [first] = amounts;
  if (!first) return costs.length === 0 ? undefined : 'unknown';
  if (amounts.length < costs.length) return 'unknown';
  if (amounts.some(({ unit }) => unit !== first.unit || !isCurrency(unit))) return undefined;
  const isStated = amounts.every(({ source }) => source === 'stated');
  return {
    value: amounts.reduce((sum, { value }) => sum + value, 0),
    unit: first.unit,
    source: isStated ? 'stated' : 'assumed',
  };
}

import type { Mistake, RawPath } from './mistake';
import { type Estate, type MaybeQuantity, Quantity } from './schema';

/** What numbers claim: a range holds its value, a reference is cited, and a price is never a reference. */
export function checkQuantities(estate: Estate): Mistake[] {
  const prices = estate.costs.flatMap(({ amount }, i): Mistake[] =>
    isQuantity(amount) && amount.source === 'reference'
      ? [
          wrong(
            ['costs', i, 'amount', 'source'],
            'a price is never a built-in reference',
            'Enter it as `stated` or `assumed`, or leave it `unknown`.',
          ),
        ]
      : [],
  );
  const { scenarios: _, ...rest } = estate;
  return [...prices, ...[...quantitiesIn(rest, [])].flatMap(([quantity, path]) => claims(quantity, path))];
}

function claims({ value, range, source, cite }: Quantity, path: RawPath): Mistake[] {
  const found: Mistake[] = [];
  if (range && !(range.low <= value && value <= range.high))
    found.push(
      wrong(
        [...path, 'range'],
        `${value} is not between ${range.low} and ${range.high}`,
        'Write the lower bound as `low`, the upper as `high`.',
      ),
    );
  if (source === 'reference' && cite === undefined)
    found.push(
      wrong([...path, 'source'], 'a reference needs `cite`', 'Name the source, or call it `assumed`.'),
    );
  return found;
}

const isQuantity = (value: MaybeQuantity): value is Quantity => value !== 'unknown';

/** Every quantity below a value, wherever the schema allows one. */
function* quantitiesIn(value: unknown, path: RawPath): Generator<[Quantity, RawPath]> {
  if (typeof value !== 'object' || value === null) return;
  const quantity = 'unit' in value ? Quantity.safeParse(value) : null;
  if (quantity?.success) yield [quantity.data, path];
  else
    for (const [key, child] of Object.entries(value))
      yield* quantitiesIn(child, [...path, Array.isArray(value) ? Number(key) : key]);
}

const wrong = (path: RawPath, message: string, remedy: string): Mistake => ({
  code: 'E_ESTATE_QUANTITY',
  path,
  at: 'value',
  message,
  remedy,
  params: { detail: message },
});

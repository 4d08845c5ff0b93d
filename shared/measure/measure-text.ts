import type { Language } from '../contract';
import type { MaybeQuantity } from '../estate/schema-values';
import { textTable } from '../paper/table';
import { texts } from '../text';
import { formatBytes, formatDuration, formatNumber, unitIn, withUnit } from '../text/format';
import { factsText } from './facts-text';
import type { MeasureOffer, MeasureRequest, MeasureResult } from './model';
import { costOf } from './offers';

/** What can be measured, for a terminal: each with its subject, as whom, and what it costs at most. */
export function offersToText(offers: readonly MeasureOffer[], language: Language): string {
  const { columns, lacks, kinds } = texts(language).measure;
  const rows = offers.map((offer) => [
    offer.kind,
    offer.subject,
    [offer.account, offer.host].filter((part) => part !== null).join('@'),
    offer.lacks === null ? costText(offer.request, language) : lacks[offer.lacks],
    kinds[offer.kind],
  ]);
  return textTable([columns.what, columns.subject, columns.account, columns.cost, columns.does], rows);
}

/** "30 s, 64 MB": what a request costs at most, shown before it begins. */
export function costText(request: MeasureRequest, language: Language): string {
  const { seconds, bytes } = costOf(request);
  const { cost } = texts(language).measure;
  return cost(formatDuration(seconds * 1000, language), bytes === null ? null : formatBytes(bytes, language));
}

/** What a measurement came to, for a terminal: each value with its spread and the one before, or why there is none. */
export function measureToText(result: MeasureResult, language: Language): string {
  const { titles, notEnough, replaced, fresh, columns, nothing } = texts(language).measure;
  const { request, host, facts, outcome } = result;
  const head = `${titles[request.kind]} · ${request.subject} · ${host}\n${factsText(facts, language).join(' · ')}\n`;
  if (outcome.state === 'unknown') return `${head}${nothing} ${notEnough[outcome.why]}\n`;
  const rows = outcome.entered.map(({ path, quantity, before }) => [
    path,
    quantityText(quantity, language),
    before === null ? fresh : replaced(quantityText(before, language)),
  ]);
  return `${head}${textTable([columns.path, columns.value, columns.before], rows)}`;
}

function quantityText(quantity: MaybeQuantity, language: Language): string {
  if (quantity === 'unknown') return texts(language).plan.unknown;
  const { value, unit, range } = quantity;
  const number = (one: number) => formatNumber(one, language);
  const main = withUnit(number(value), unitIn(unit, language));
  return range ? `${main} (${number(range.low)}–${number(range.high)})` : main;
}

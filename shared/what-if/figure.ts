import type { Language } from '../contract';
import { assertNever } from '../errors';
import type { Derived } from '../plan/ledger/derived';
import type { FormulaId } from '../plan/ledger/formulas';
import { type OpenedLine, openDerived } from '../plan/ledger/open-derived';
import { originText } from '../plan/resolve-inputs';
import { texts } from '../text';
import {
  DASH,
  formatCount,
  formatDuration,
  formatNumber,
  formatPercent,
  unitIn,
  withUnit,
} from '../text/format';
import { asRate, inBitsPerSecond } from '../units/measure';
import type { Spread } from '../units/spread';
import type { OpenedNumber, WhatIfFigure } from '../views/what-if';
import { BY_WHAT_IF } from './apply-changes';

/** How a number is read. `line` is a rate of data as lines are sold, in bits; `availability` keeps its nines. */
export type Shown = 'duration' | 'line' | 'share' | 'availability' | 'count' | 'per-second' | 'times';

/** How the number that a formula makes is read. */
const SHOWN: Partial<Record<FormulaId, Shown>> = {
  availability: 'availability',
  series: 'availability',
  parallel: 'availability',
  'some-of': 'availability',
  'common-cause': 'availability',
  'pair-with-failover': 'availability',
  'peak-arrivals': 'per-second',
  'erlang-c': 'share',
  'load-each': 'share',
  'stream-load': 'share',
  'client-choice': 'count',
  'usable-line': 'line',
  'streams-rate': 'line',
  throughput: 'line',
  'cache-loss': 'times',
  'load-times': 'count',
};

/** What a person is told of a number: title, value with its unit, what it stands on, and what it waits for. */
export function figureOf(
  title: string,
  derived: Derived<Spread> | Derived<number>,
  shown: Shown,
  words: FigureWords,
): WhatIfFigure {
  const { language } = words;
  const spread = derived.known ? spreadIn(derived.value) : null;
  const missing = derived.known ? [] : derived.lacks.map(({ path }) => path);
  return {
    title,
    value: spread?.likely ?? null,
    low: spread?.low ?? null,
    high: spread?.high ?? null,
    text: spread ? spreadText(spread, shown, language) : texts(language).whatIf.unknown,
    missing: [...new Set(missing)],
    opened: openDerived(derived).map((line) => openedLine(line, shown, words)),
  };
}

/** The language, and what the inputs of a ledger are called in it. */
export interface FigureWords {
  language: Language;
  titles: ReadonlyMap<string, string>;
}

function spreadIn(value: unknown): Spread | null {
  if (typeof value === 'number') return { low: value, likely: value, high: value };
  if (typeof value !== 'object' || value === null) return null;
  const [low, likely, high] = ['low', 'likely', 'high'].map((key): unknown => Reflect.get(value, key));
  return typeof low === 'number' && typeof likely === 'number' && typeof high === 'number'
    ? { low, likely, high }
    : null;
}

function spreadText({ low, likely, high }: Spread, shown: Shown, language: Language): string {
  const text = (value: number) => valueText(value, shown, language);
  if (text(low) === text(high)) return text(likely);
  return `${text(likely)} (${texts(language).whatIf.range(text(low), text(high))})`;
}

/** One value in base units, as it is read. */
export function valueText(value: number, shown: Shown, language: Language): string {
  switch (shown) {
    case 'duration':
      return formatDuration(value * 1000, language);
    case 'line': {
      const bits = inBitsPerSecond(asRate(value));
      const [scaled, unit] =
        bits >= 999.5e6
          ? [bits / 1e9, 'Gbit/s']
          : bits >= 1e6
            ? [bits / 1e6, 'Mbit/s']
            : [bits / 1e3, 'kbit/s'];
      return withUnit(formatNumber(scaled, language), unit);
    }
    case 'share':
      return formatPercent(value * 100, language);
    case 'availability': {
      // Three digits of what is down: 99.98 % and 99.9815 % are not the same promise.
      const down = (1 - value) * 100;
      const decimals = down <= 0 ? 2 : Math.min(9, Math.max(2, 2 - Math.floor(Math.log10(down))));
      const digits = (value * 100).toFixed(decimals);
      return withUnit(language === 'fr' ? digits.replace('.', ',') : digits, '%');
    }
    case 'count':
      return Number.isInteger(value) ? formatCount(value) : formatNumber(value, language);
    case 'per-second':
      return withUnit(formatNumber(value, language), '1/s');
    case 'times':
      return `${formatNumber(value, language)}×`;
    default:
      return assertNever(shown);
  }
}

function openedLine(line: OpenedLine, own: Shown, words: FigureWords): OpenedNumber {
  const { language, titles } = words;
  const { planFigures, whatIf } = texts(language);
  const lacks = line.lacks.map(({ path, problem }) =>
    whatIf.pair(titles.get(path) ?? path, planFigures.problems[problem]('?')),
  );
  const { depth, origin } = line;
  switch (origin.kind) {
    case 'nowhere': {
      const title = titles.get(origin.path) ?? origin.path;
      return { depth, title, path: origin.path, source: 'unknown', value: DASH, lacks };
    }
    case 'input': {
      const { row } = origin;
      const title = titles.get(row.path) ?? row.path;
      if (row.state !== 'known')
        return { depth, title, path: row.path, source: 'unknown', value: DASH, lacks };
      const { value, unit, source } = row.quantity;
      const isSetHere = row.provenance.kind === 'assumed' && row.provenance.by === BY_WHAT_IF;
      return {
        depth,
        title,
        path: row.path,
        source,
        origin: isSetHere ? whatIf.byWhatIf : originText(row, language),
        value: withUnit(formatNumber(value, language), unit === '1' ? '' : unitIn(unit, language)),
        lacks,
      };
    }
    case 'formula': {
      const { formula, symbols, cite } = origin;
      const spread = spreadIn(line.value);
      const shown = depth === 0 ? own : (SHOWN[formula] ?? 'duration');
      return {
        depth,
        title: planFigures.formulas[formula],
        symbols,
        ...(cite === undefined ? {} : { cite }),
        value: spread ? spreadText(spread, shown, language) : DASH,
        lacks,
      };
    }
    default:
      return assertNever(origin);
  }
}

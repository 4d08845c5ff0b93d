import type { Language } from '../contract';
import { assertNever } from '../errors';
import { say, texts } from '../text';
import { formatBytes, formatDuration, formatNumber, formatPercent, unitIn, withUnit } from '../text/format';
import type { Spread } from '../units/spread';
import type { Minutes, PlanAssumption } from '../views/plan';
import type { PassesSpread } from './figures';
import { type Derived, inputAt } from './ledger/derived';
import { type OpenedLine, openDerived } from './ledger/open-derived';
import type { PlanBasis } from './plan-of';
import { originText } from './resolve-inputs';
import type { OutageEstimate } from './schedule/outage';

/** One line of an opened number, in words. */
export interface OpenedFigureLine {
  /** 0 is the number itself. */
  depth: number;
  /** Symbol of the term in the formula above it; empty where it has none. */
  term: string;
  title: string;
  /** The formula, where the number was made by one. */
  symbols?: string;
  cite?: string;
  /** null: unknown, and `lacks` says why. */
  value: string | null;
  source?: PlanAssumption['source'];
  origin?: string;
  at?: number;
  path?: string;
  lacks: string[];
}

/**
 * A number of the plan with its formula, the terms of it, theirs, and so on down to the sources. Names: `outage`,
 * `preparation`, `rollback`, `throughput`, `allowance`, `turn-back`, `free-abort`, `step/<id>`, `undo/<id>`, `passes/<set>`,
 * `input/<path>`. Empty for a name that nothing has.
 */
export function openFigure(basis: PlanBasis, name: string, language: Language): OpenedFigureLine[] {
  const derived = figureNamed(basis, name);
  if (!derived) return [];
  const titles = titlesOf(basis);
  const [first, ...rest] = openedLines(derived, titles, language);
  if (!first) return [];
  return [{ ...first, title: titleOf(basis, name, language) ?? first.title }, ...rest];
}

/** Titles by path of an input and id of a step. */
function titlesOf({ inputs, steps, back }: PlanBasis): Map<string, string> {
  return new Map([
    ...inputs.map(({ path, title }) => [path, title] as const),
    ...[...steps, ...back].map(({ id, title }) => [id, title] as const),
  ]);
}

function figureNamed({ figures, ledger, allowance }: PlanBasis, name: string): Derived<unknown> | undefined {
  const [kind = '', ...rest] = name.split('/');
  const id = rest.join('/');
  switch (kind) {
    case 'outage':
      return figures.outage;
    case 'preparation':
      return figures.preparation;
    case 'rollback':
      return figures.rollback;
    case 'throughput':
      return figures.throughput;
    case 'turn-back':
      return figures.turnBack;
    case 'free-abort':
      return figures.freeAbort;
    case 'allowance':
      return allowance;
    case 'step':
      return figures.minutes.get(id) ?? figures.backMinutes.get(id);
    case 'undo':
      return figures.undoMinutes.get(id);
    case 'passes':
      return figures.passes.get(id);
    case 'input':
      return ledger.has(id) ? inputAt(ledger, id) : undefined;
    default:
      return undefined;
  }
}

function titleOf({ facts, ...basis }: PlanBasis, name: string, language: Language): string | undefined {
  const { questions } = texts(language).plan;
  const [kind = '', ...rest] = name.split('/');
  const id = rest.join('/');
  switch (kind) {
    case 'outage':
      return questions.outage;
    case 'preparation':
      return questions.preparation;
    case 'rollback':
      return questions.rollback;
    case 'turn-back':
      return questions.turnBack;
    case 'free-abort':
      return questions.freeAbort;
    case 'allowance':
      return questions.allowance;
    case 'passes': {
      const tree = facts.trees.find((each) => each.id === id);
      return tree && questions.passes(say(tree.title, language));
    }
    default:
      return titlesOf({ facts, ...basis }).get(id);
  }
}

/** Any number that opens, in words; `titles` by path of an input and id of a step. */
export const openedLines = (
  derived: Derived<unknown>,
  titles: ReadonlyMap<string, string>,
  language: Language,
): OpenedFigureLine[] => openDerived(derived).map((line) => lineIn(line, titles, language));

function lineIn(line: OpenedLine, titles: ReadonlyMap<string, string>, language: Language): OpenedFigureLine {
  const { planFigures } = texts(language);
  const { depth, origin } = line;
  const lacks = line.lacks.map(
    ({ path, problem }) => `${titles.get(path) ?? path}: ${planFigures.problems[problem]('')}`,
  );
  // A term of the longest path is a step, and is called what the step is called.
  const step = titles.get(line.term);
  const head = { depth, term: SYMBOLS[line.term] ?? '', lacks };
  switch (origin.kind) {
    case 'nowhere':
      return { ...head, title: titles.get(origin.path) ?? origin.path, value: null, path: origin.path };
    case 'input': {
      const { row } = origin;
      const title = step ?? titles.get(row.path) ?? row.path;
      if (row.state !== 'known') {
        return { ...head, title, value: null, source: 'unknown', path: row.path };
      }
      const { quantity, provenance } = row;
      const at = 'at' in provenance ? provenance.at : undefined;
      return {
        ...head,
        title,
        value: withUnit(formatNumber(quantity.value, language), unitIn(quantity.unit, language)),
        source: quantity.source,
        origin: originText(row, language),
        ...(at === undefined ? {} : { at }),
        path: row.path,
      };
    }
    case 'formula': {
      const { formula, symbols, cite } = origin;
      return {
        ...head,
        title: step ?? planFigures.formulas[formula],
        symbols,
        ...(cite === undefined ? {} : { cite }),
        value: line.value === undefined ? null : valueIn(line.value, formula, language),
      };
    }
    default:
      return assertNever(origin);
  }
}

/** Terms that have a letter in the formulas. */
const SYMBOLS: Readonly<Record<string, string>> = {
  link: 'L',
  efficiency: 'η',
  contention: 'c',
  copy: 'B',
  rate: 'B',
  size: 'V',
  change: 'd',
  files: 'N',
  changedFiles: 'f',
  scan: 'S',
  perFile: 't',
  each: 't',
  passes: 'T(n)',
  rollback: 'P90',
  margin: 'm',
  target: 'A',
  outage: 't',
};

/** A computed value as it is read; what it is follows from its shape and its formula. */
function valueIn(value: unknown, formula: string, language: Language): string | null {
  const minutes = (each: number) => formatDuration(each * 60_000, language);
  if (typeof value === 'number') return NUMBERS[formula]?.(value, language) ?? formatNumber(value, language);
  if (isShape<Minutes>(value, 'optimistic')) {
    return three(value.optimistic, value.likely, value.pessimistic, minutes);
  }
  if (isShape<OutageEstimate>(value, 'p90')) return `${minutes(value.p50)} (P90 ${minutes(value.p90)})`;
  if (isShape<PassesSpread>(value, 'worst')) {
    return value.likely.passes.map((each) => formatDuration(each * 1000, language)).join(' · ');
  }
  if (!isShape<Spread>(value, 'low')) return null;
  const isRate = formula === 'throughput' || formula === 'measured-copy';
  return three(value.low, value.likely, value.high, (each) =>
    isRate ? formatBytes(each, language, '/s') : formatDuration(each * 1000, language),
  );
}

const isShape = <T>(value: unknown, key: keyof T & string): value is T =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key);

function three(low: number, likely: number, high: number, text: (value: number) => string): string {
  return text(low) === text(high) ? text(likely) : `${text(likely)} (${text(low)} – ${text(high)})`;
}

/** Formulas that give one number: of seconds, or a share. */
const NUMBERS: Readonly<Record<string, (value: number, language: Language) => string>> = {
  'turn-back': (value, language) => formatDuration(value * 1000, language),
  'downtime-budget': (value, language) => formatDuration(value * 1000, language),
  availability: (value, language) => formatPercent(value * 100, language),
};

import type { Derived, Lack } from './derived';
import { inputsBeneath } from './derived';
import { FORMULAS, type FormulaId } from './formulas';
import type { LedgerRow } from './ledger';

/** One line of an opened number, for a drawer and for paper. */
export interface OpenedLine {
  /** 0 is the number itself. */
  depth: number;
  /** Name of the term in the formula above it; empty for the number itself. */
  term: string;
  origin:
    | { kind: 'input'; row: LedgerRow }
    | { kind: 'nowhere'; path: string }
    | { kind: 'formula'; formula: FormulaId; symbols: string; cite?: string };
  /** undefined: unknown, and `lacks` says why. */
  value: unknown;
  lacks: readonly Lack[];
}

/** A number with its formula, the terms of it, theirs, and so on down to the sources; each term under its formula. */
export function openDerived(derived: Derived<unknown>): OpenedLine[] {
  const lines: OpenedLine[] = [];
  const add = (each: Derived<unknown>, term: string, depth: number) => {
    const { from } = each;
    const shown = {
      depth,
      term,
      value: each.known ? each.value : undefined,
      lacks: each.known ? [] : each.lacks,
    };
    if (from.kind !== 'formula') {
      lines.push({ ...shown, origin: from });
      return;
    }
    lines.push({ ...shown, origin: { kind: 'formula', formula: from.formula, ...FORMULAS[from.formula] } });
    for (const [name, next] of Object.entries(from.terms)) add(next, name, depth + 1);
  };
  add(derived, '', 0);
  return lines;
}

/** The questions that a plan cannot answer, each with the inputs it waits for. */
export function unanswered(
  figures: Readonly<Record<string, Derived<unknown>>>,
): { figure: string; lacks: readonly Lack[] }[] {
  return Object.entries(figures).flatMap(([figure, derived]) =>
    derived.known ? [] : [{ figure, lacks: derived.lacks }],
  );
}

/** 1 to 5: the share of a number's inputs that were measured, in fifths; built-in references do not count. */
export type Stars = 1 | 2 | 3 | 4 | 5;

/** Confidence in a number. null when it is unknown, or stands on references alone: nothing of it was anybody's to measure. */
export function starsOf(derived: Derived<unknown>): Stars | null {
  if (!derived.known) return null;
  const rows = inputsBeneath(derived).flatMap((row) =>
    row.state === 'known' && row.provenance.kind !== 'reference' ? [row] : [],
  );
  if (rows.length === 0) return null;
  const measured = rows.filter(({ provenance }) => provenance.kind === 'measured').length / rows.length;
  return STARS[Math.ceil(measured * 5) - 1] ?? 1;
}
const STARS = [1, 2, 3, 4, 5] as const;

import type { Language } from '../../contract';
import type { OpenedFigureLine } from '../../plan/open-figure';
import { texts } from '../../text';
import { formatDate } from '../../text/format';
import type { Plan } from '../../views/plan';
import type { Cell, PaperSection } from './model';
import { sourceText, valueText } from './plan-words';

/** A number of the plan with its formula, the terms of it, theirs, and so on down to the sources, in words. */
export interface OpenedNumber {
  lines: readonly OpenedFigureLine[];
}

/** The numbers that a plan opens on paper, by their names for `openFigure`. */
export const openedOnPaper = (plan: Plan): string[] => [
  'outage',
  'preparation',
  'rollback',
  'throughput',
  'allowance',
  ...plan.totals.passes.map(({ set }) => `passes/${set}`),
];

/** Every input with its value and who says so; unknown ones are listed as unknown. */
export function ledgerSection(plan: Plan, language: Language, zone: string): PaperSection {
  const { sections, ledger } = texts(language).planPaper;
  return {
    id: 'ledger',
    title: sections.ledger,
    blocks: [
      {
        kind: 'table',
        head: [ledger.quantity, ledger.value, ledger.source, ledger.read],
        widths: [42, 16, 28, 14],
        rows: plan.assumptions.map((input): Cell[] => [
          { kind: 'noted', text: input.title, note: input.path },
          valueText(input, language),
          sourceText(input, language),
          input.at === undefined ? '' : formatDate(input.at, zone, language),
        ]),
      },
    ],
  };
}

/** How the numbers of the first page were made. A number that was opened above is named and not opened again. */
export function formulasSection(
  opened: readonly OpenedNumber[],
  language: Language,
  zone: string,
): PaperSection {
  const { sections, formulas } = texts(language).planPaper;
  const seen = new Set<string>();
  const rows = opened
    .flatMap(({ lines }) => onceOpened(lines, seen))
    .map((line) => rowOf(line, language, zone));
  return {
    id: 'formulas',
    title: sections.formulas,
    blocks:
      rows.length === 0
        ? []
        : [
            {
              kind: 'table',
              head: [formulas.formula, formulas.value, formulas.source],
              widths: [54, 16, 30],
              rows,
            },
          ],
  };
}

interface Line extends OpenedFigureLine {
  /** It stands further up, with its terms. */
  again: boolean;
}

function onceOpened(lines: readonly OpenedFigureLine[], seen: Set<string>): Line[] {
  const kept: Line[] = [];
  let closedAt = Number.POSITIVE_INFINITY;
  for (const line of lines) {
    if (line.depth > closedAt) continue;
    closedAt = Number.POSITIVE_INFINITY;
    const name = `${line.title} ${line.symbols ?? ''} ${line.value ?? ''}`;
    const again = line.symbols !== undefined && seen.has(name);
    if (again) closedAt = line.depth;
    seen.add(name);
    kept.push({ ...line, again });
  }
  return kept;
}

function rowOf(line: Line, language: Language, zone: string): Cell[] {
  const { common, planPaper } = texts(language);
  const { depth, term, title, symbols, cite, value, source, origin, at, path, lacks, again } = line;
  const name = term === '' || term === title ? title : `${term} — ${title}`;
  // what a formula lacks is said at the terms that lack it
  const refused = symbols === undefined && source !== 'unknown' ? lacks : [];
  const said = [
    ...(source === undefined ? [] : [common.source[source]]),
    ...(origin === undefined ? [] : [origin]),
    ...(cite === undefined ? [] : [cite]),
    ...(at === undefined ? [] : [formatDate(at, zone, language)]),
    ...refused,
    ...(again ? [planPaper.formulas.above] : []),
  ];
  return [
    { kind: 'noted', text: name, note: symbols ?? path ?? '', strong: depth === 0, depth },
    value ?? planPaper.unknown,
    said.join(' · '),
  ];
}

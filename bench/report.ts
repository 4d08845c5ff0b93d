import type { Summary } from './stats';

/** One measured figure with its goal. `method` says how, so that nobody has to guess what was counted. */
export interface Figure {
  name: string;
  unit: string;
  summary: Summary;
  goal?: string;
}
export interface Section {
  title: string;
  method: string;
  figures: Figure[];
  /** What could not be measured here, and why. */
  missing: string[];
}

const shown = (value: number) =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

/** The sections as text: a table each, with its method under it. */
export function reportText(sections: readonly Section[]): string {
  return sections.map(sectionText).join('\n');
}

function sectionText({ title, method, figures, missing }: Section): string {
  const head = ['', 'median', 'min', 'max', 'n', 'goal'];
  const rows = figures.map(({ name, unit, summary, goal }) => [
    `${name} (${unit})`,
    shown(summary.median),
    shown(summary.min),
    shown(summary.max),
    `${summary.n}`,
    goal ?? '',
  ]);
  const widths = head.map((cell, column) =>
    Math.max(cell.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  const table = figures.length === 0 ? [] : [head, ...rows].map(line);
  return [title, '', ...table, ...missing.map((what) => `not measured: ${what}`), '', method, ''].join('\n');
}

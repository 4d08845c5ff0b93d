/** A fit and what it leaves unexplained. */
export interface Fit {
  coefficients: number[];
  /** Standard deviation of the residuals, over the degrees of freedom. */
  deviation: number;
}

/**
 * Coefficients that bring the sum of the columns nearest to `target`, by the normal equations of columns scaled to
 * their largest value. null when they do not determine them: a column is zero, or is made of others.
 */
export function leastSquares(columns: readonly (readonly number[])[], target: readonly number[]): Fit | null {
  const scales = columns.map((column) => Math.max(...column.map(Math.abs)));
  if (scales.some((scale) => !(scale > 0))) return null;
  const scaled = columns.map((column, index) => column.map((value) => value / (scales[index] ?? 1)));
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
  const rows = scaled.map((column) => [...scaled.map((other) => dot(column, other)), dot(column, target)]);
  const solved = solve(rows);
  if (!solved) return null;
  const coefficients = solved.map((value, index) => value / (scales[index] ?? 1));
  const residuals = target.map(
    (value, row) =>
      value - coefficients.reduce((sum, each, column) => sum + each * (columns[column]?.[row] ?? 0), 0),
  );
  const freedom = Math.max(1, target.length - columns.length);
  return { coefficients, deviation: Math.sqrt(dot(residuals, residuals) / freedom) };
}

/** Solves a small system, the right side in its last column, by elimination with pivots. null when it is singular. */
function solve(system: readonly (readonly number[])[]): number[] | null {
  const rows = system.map((row) => [...row]);
  const size = rows.length;
  for (let at = 0; at < size; at += 1) {
    const best = rows.reduce(
      (found, row, index) =>
        index >= at && Math.abs(row[at] ?? 0) > Math.abs(rows[found]?.[at] ?? 0) ? index : found,
      at,
    );
    const pivot = rows[best];
    const here = rows[at];
    if (!pivot || !here || Math.abs(pivot[at] ?? 0) < 1e-12) return null;
    rows[best] = here;
    rows[at] = pivot;
    for (const row of rows) {
      if (row === pivot) continue;
      const factor = (row[at] ?? 0) / (pivot[at] ?? 1);
      for (let column = at; column <= size; column += 1) {
        row[column] = (row[column] ?? 0) - factor * (pivot[column] ?? 0);
      }
    }
  }
  return rows.map((row, index) => (row[size] ?? 0) / (row[index] ?? 1));
}

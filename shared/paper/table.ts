/**
 * Text of a server within a line of ours: its line breaks and tabs are written, not obeyed. A value that could
 * begin a line would be read as a row or a finding of the console's own.
 */
export const oneLine = (text: string): string => text.replaceAll('\n', '\\n').replaceAll('\t', '\\t');

/**
 * A table of text with two spaces between columns; the last column is not padded. Widths count code points,
 * which is right for the Latin names and numbers that stand in it.
 */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows].map((row) => row.map(oneLine));
  const widths = head.map((_, column) => Math.max(...all.map((row) => [...(row[column] ?? '')].length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column === row.length - 1 ? cell : cell + ' '.repeat((widths[column] ?? 0) - [...cell].length),
      )
      .join('  ')
      .trimEnd();
  return all.map((row) => `  ${line(row)}\n`).join('');
}

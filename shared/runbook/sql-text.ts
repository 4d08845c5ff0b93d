/**
 * SQL as text, for MySQL and MariaDB with backslash escapes on (the default; sessions that act set it). Source of the
 * lexical rules: MySQL 9.7 reference, 11.1.1 "String Literals" and 11.7 "Comments"; MariaDB is the same here.
 */

/** A text as a literal. */
export const sqlText = (value: string): string =>
  `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll('\0', '\\0')}'`;

/** Quoted text, quoted names, comments, and a `?` by itself. */
const TOKENS =
  /'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"\\]|\\[\s\S]|"")*"|`(?:[^`]|``)*`|--(?=[\s]|$)[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/|\?/g;

/** How many values a statement takes: each `?` outside quotes and comments is one. */
export const countPlaceholders = (statement: string): number =>
  (statement.match(TOKENS) ?? []).filter((token) => token === '?').length;

/** The statement with `fill(0)` for its first `?`, `fill(1)` for the next, and so on. */
export function fillPlaceholders(statement: string, fill: (index: number) => string): string {
  let index = 0;
  return statement.replace(TOKENS, (token) => {
    if (token !== '?') return token;
    index += 1;
    return fill(index - 1);
  });
}

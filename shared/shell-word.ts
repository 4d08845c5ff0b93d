/** Characters that no POSIX shell treats specially anywhere in a word. */
const PLAIN = /^[A-Za-z0-9_@%+:,./-]+$/;

/**
 * One word of a command line for a POSIX shell (XCU 2.2.2: between single quotes every character is literal). The one
 * place that quotes. No word may hold NUL: whoever sends one refuses it first, what is only shown shows it.
 */
export const shellWord = (word: string): string =>
  // "=" in the first word would be an assignment, "~" is not plain; an empty word must be seen.
  PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

import { CST, Lexer } from 'yaml';

/** Brackets within brackets. */
const MAX_BRACKETS = 32;
/** Columns of indentation, list dashes included: every level of a block takes at least one. */
const MAX_INDENT = 200;

/**
 * Offset at which the text is nested deeper than any estate; undefined when it is not.
 * The YAML parser recurses once per level, and a file of brackets ends the whole process (measured with yaml 2.9:
 * 200 000 times `[` exhausts the regular-expression compiler, which cannot be caught). The lexer does not recurse,
 * so it goes first.
 */
export function tooDeepAt(text: string): number | undefined {
  let offset = 0;
  let brackets = 0;
  let indent = 0;
  let atLineStart = true;
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token);
    switch (type) {
      case 'doc-mode':
      case 'scalar':
      case 'flow-error-end':
        continue; // Marks between tokens: they take no text.
      case 'newline':
        indent = 0;
        break;
      case 'space':
        if (atLineStart) indent = token.length;
        break;
      case 'seq-item-ind':
      case 'explicit-key-ind':
        indent += 1;
        break;
      case 'flow-seq-start':
      case 'flow-map-start':
        brackets += 1;
        break;
      case 'flow-seq-end':
      case 'flow-map-end':
        brackets -= 1;
        break;
      default:
        break;
    }
    if (brackets > MAX_BRACKETS || indent > MAX_INDENT) return offset;
    atLineStart = type === 'newline';
    offset += token.length;
  }
  return undefined;
}

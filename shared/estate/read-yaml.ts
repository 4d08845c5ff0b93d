import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import { err, ok, type Result } from '../errors';
import { checkNodes, MAX_ALIASES, type NodeMistake, tooManyAliases } from './check-nodes';
import { checkSecrets } from './check-secrets';
import { MAX_MISTAKES, type Mistake, type Position, printable, type RawPath } from './mistake';
import { tooDeepAt } from './yaml-depth';

/** Bytes of UTF-8; the largest estate we know of has 20 kB. */
export const MAX_BYTES = 2_000_000;
/** A mistake of the text itself, with its place. */
export type TextMistake = Mistake & { position: Position };

export interface YamlText {
  /** Plain data, as JSON would have it. */
  value: unknown;
  /** Where a path stands; for something missing, where its nearest parent stands. */
  locate(path: RawPath, at: 'key' | 'value'): Position;
  /** Secrets written out: they do not hinder reading on. */
  secrets: TextMistake[];
}

/** Reads one YAML 1.2 document into plain data and remembers where everything stood. Never throws. */
export function readYaml(text: string): Result<YamlText, TextMistake[]> {
  const lines = new LineCounter();
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const place = (mistakes: readonly NodeMistake[]): TextMistake[] =>
    mistakes.map(({ offset, ...p }) => ({ ...p, path: [], at: 'value', position: at(offset) }));

  const bytes = utf8Length(text);
  if (bytes > MAX_BYTES) return err(place([tooLarge(bytes)]));
  const deep = tooDeepAt(text);
  if (deep !== undefined) return err(place([notYaml('nested deeper than any estate', deep)]));

  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false, // checkNodes does it, in linear time.
    merge: false, // A second way to say a thing, whose values a reviewer does not see where they apply.
    schema: 'core', // Only what JSON has: no timestamps, no binary.
  });
  const secrets = checkSecrets(text);
  const syntax = document.errors
    .slice(0, MAX_MISTAKES)
    .map(({ code, message, pos }) =>
      notYaml(lowerFirst(message), code === 'MISSING_CHAR' ? openingOf(document, pos[0]) : pos[0], code),
    );
  if (syntax.length > 0) return err(place([...syntax, ...secrets]));
  const mistakes = checkNodes(document);
  const value = mistakes.length > 0 ? undefined : expand(document);
  if (!value) return err(place([...mistakes, ...secrets]));
  if (!value.ok) return err(place([tooManyAliases(0), ...secrets]));
  return ok({
    value: value.value,
    secrets: place(secrets),
    locate: (path, end) => at(offsetOf(document, path, end)),
  });
}

/** Nodes to data. An alias within its own anchor would make data without end: JSON tells. */
function expand(document: Document): Result<unknown, null> {
  try {
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    JSON.stringify(value);
    return ok(value);
  } catch {
    return err(null);
  }
}

const tooLarge = (bytes: number): NodeMistake => ({
  code: 'E_ESTATE_SIZE',
  offset: 0,
  message: `the file has ${bytes} bytes; an estate may have ${MAX_BYTES}`,
  remedy: 'Check that this is an estate file.',
  params: { bytes: String(bytes), limit: String(MAX_BYTES) },
});

const notYaml = (detail: string, offset: number, code?: string): NodeMistake => ({
  code: 'E_ESTATE_YAML',
  offset,
  message: `not YAML: ${printable(detail)}`,
  remedy:
    code === 'TAB_AS_INDENT'
      ? 'Indent with spaces; YAML allows no tabs.'
      : 'Check the quotes, the brackets, the colons and the indentation here.',
  params: { detail: printable(detail) },
});

/** A quote that is never closed is told at the end of the text; where it was opened is what a person looks for. */
function openingOf(document: Document, end: number): number {
  let opening = end;
  visit(document, {
    Scalar(_, { type, range }) {
      if (type?.startsWith('QUOTE') && range && range[0] < end && end <= range[1]) opening = range[0];
    },
  });
  return opening;
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** Walks nodes, not data, since data has forgotten where it stood. */
function offsetOf(document: Document, path: RawPath, end: 'key' | 'value'): number {
  let node = document.contents as Node | null;
  let offset = node?.range?.[0] ?? 0;
  for (const part of path) {
    if (isAlias(node)) node = node.resolve(document) ?? null;
    let next: unknown;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
      const key = pair?.key;
      if (isScalar(key)) offset = key.range?.[0] ?? offset;
      next = pair?.value;
      if (part === path.at(-1) && end === 'key' && pair) return offset;
    } else if (isSeq(node)) {
      next = node.items[Number(part)];
    }
    if (!isScalar(next) && !isMap(next) && !isSeq(next) && !isAlias(next)) return offset;
    node = next;
    offset = node.range?.[0] ?? offset;
  }
  return offset;
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

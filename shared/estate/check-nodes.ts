import { type Document, isScalar, visit } from 'yaml';
import { type Mistake, printable } from './mistake';

/** Something wrong at an offset of the text. */
export type NodeMistake = Omit<Mistake, 'path' | 'at'> & { offset: number };

/** More than a person writes; each one costs a walk through the document. */
export const MAX_ALIASES = 100;

/**
 * Characters that a name on a screen or in a terminal must not carry: control characters (tab and line feed
 * excepted), lone surrogates, and the invisible ones that reorder or hide text.
 */
const UNPRINTABLE =
  /[\p{Cs}\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060-\u2069\ufeff]|(?![\t\n])\p{Cc}/u;

/** What only the nodes still know: keys that stand twice, aliases without anchor, characters that were escaped. */
export function checkNodes(document: Document): NodeMistake[] {
  const mistakes: NodeMistake[] = [];
  let aliases = 0;
  visit(document, {
    Map(_, map) {
      // The parser's own check compares every key with every other: 150 s for a file of 90 000 keys.
      const seen = new Set<string>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        if (seen.has(name)) mistakes.push(duplicateKey(name, key.range?.[0] ?? 0));
        seen.add(name);
      }
    },
    Scalar(_, scalar) {
      const found = typeof scalar.value === 'string' ? UNPRINTABLE.exec(scalar.value) : null;
      if (found) mistakes.push(unprintable(found[0], scalar.range?.[0] ?? 0));
    },
    Alias(_, alias) {
      aliases += 1;
      const offset = alias.range?.[0] ?? 0;
      if (aliases > MAX_ALIASES) {
        mistakes.push(tooManyAliases(offset));
        return visit.BREAK;
      }
      if (!alias.resolve(document)) mistakes.push(noAnchor(alias.source, offset));
      return undefined;
    },
  });
  return mistakes;
}

/** A file that expands without end, or into itself, is told by the expansion; see read-yaml.ts. */
export const tooManyAliases = (offset: number): NodeMistake => ({
  code: 'E_ESTATE_ALIASES',
  offset,
  message: `its aliases expand to more than ${MAX_ALIASES}, or into themselves`,
  remedy: 'Write the values out, without anchors.',
});

const duplicateKey = (name: string, offset: number): NodeMistake => ({
  code: 'E_ESTATE_DUPLICATE_KEY',
  offset,
  message: `the key \`${printable(name)}\` stands twice in one mapping`,
  remedy: 'Keep one of the two: the other would be lost.',
  params: { name: printable(name) },
});

function unprintable(character: string, offset: number): NodeMistake {
  const point = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return {
    code: 'E_ESTATE_CONTROL_CHARACTER',
    offset,
    message: `this text carries the invisible character ${point}`,
    remedy: 'Type it anew: such a character can hide or forge text on a screen or in a terminal.',
    params: { character: point },
  };
}

const noAnchor = (name: string, offset: number): NodeMistake => ({
  code: 'E_ESTATE_YAML',
  offset,
  message: `not YAML: no anchor &${printable(name)} stands before this alias`,
  remedy: 'Write the value out, or define the anchor first.',
  params: { detail: `&${printable(name)}` },
});

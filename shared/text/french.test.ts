import { expect, it } from 'vitest';
import { texts } from './index';

/** Every text of a language that needs no values. */
function strings(node: unknown, path: string): [string, string][] {
  if (typeof node === 'string') return [[path, node]];
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => strings(value, `${path}.${key}`));
}

it('French keeps its high punctuation with the word before it, and writes one kind of apostrophe', () => {
  const wrong = strings(texts('fr'), 'fr').filter(
    ([, text]) =>
      / [:;?!»](?= |$)/.test(text) || /« /.test(text) || /\b[cdjlmnst]'(?=[a-zéèêàâ])/i.test(text),
  );
  expect(wrong).toEqual([]);
});

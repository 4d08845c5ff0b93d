import { describe, expect, it } from 'vitest';
import { matchItems, type PaletteItem, shellWord } from './palette-items';

const item = (title: string, also = ''): PaletteItem => ({
  id: title,
  group: 'do',
  title,
  also,
  command: null,
  run: () => undefined,
});
const items = [
  item('Réplication'),
  item('db: evidence', '10.0.20.2 mysql'),
  item('Look at db now', '10.0.20.2'),
];

describe('matchItems', () => {
  it.each([
    ['', ['Réplication', 'db: evidence', 'Look at db now']],
    ['repli', ['Réplication']],
    ['db', ['db: evidence', 'Look at db now']],
    ['20.2 look', ['Look at db now']],
    ['nothing', []],
  ])('%j finds %j', (query, titles) => {
    expect(matchItems(items, query).map((each) => each.title)).toEqual(titles);
  });
});

it.each([
  ['estates/patronus.yaml', 'estates/patronus.yaml'],
  ['/home/a b/$(x).yaml', "'/home/a b/$(x).yaml'"],
  ["it's", "'it'\\''s'"],
])('shellWord %j is %s', (text, word) => {
  expect(shellWord(text)).toBe(word);
});

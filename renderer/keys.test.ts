import { expect, it } from 'vitest';
import { keyName } from './keys';

const press = (key: string, held: string = '') => ({
  key,
  ctrlKey: held.includes('c'),
  shiftKey: held.includes('s'),
  altKey: held.includes('a'),
  metaKey: held.includes('m'),
});

it.each([
  [press('j'), 'J'],
  [press('?', 's'), '?'],
  [press('F', 's'), 'Shift+F'],
  [press('k', 'c'), 'Ctrl+K'],
  [press('k', 'm'), 'Ctrl+K'],
  [press('L', 'cs'), 'Ctrl+Shift+L'],
  [press('ArrowDown'), 'ArrowDown'],
  [press('j', 'a'), null],
  [press('j', 'cm'), null],
])('%o is %s', (pressed, name) => {
  expect(keyName(pressed)).toBe(name);
});

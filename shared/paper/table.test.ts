import { expect, test } from 'vitest';
import { oneLine, textTable } from './table';

test('a line break or tab of a server is written, not obeyed: no cell begins a line', () => {
  expect(oneLine('db\n  web  up\tfine')).toBe('db\\n  web  up\\tfine');
  expect(textTable(['host', 'says'], [['db', 'one\ntwo']])).toBe('  host  says\n  db    one\\ntwo\n');
});

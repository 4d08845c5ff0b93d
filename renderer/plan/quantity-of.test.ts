import { expect, it } from 'vitest';
import { type Draft, quantityOf } from './quantity-of';

const draft = (part: Partial<Draft>): Draft => ({ value: '80', unit: 'MB/s', low: '', high: '', ...part });
const read = (part: Partial<Draft>) => quantityOf(draft(part), 'ana');

it('reads a value, and who assumed it', () => {
  expect(read({})).toEqual({
    state: 'read',
    quantity: { value: 80, unit: 'MB/s', source: 'assumed', by: 'ana' },
  });
});

it('reads a range when both of its ends are there', () => {
  expect(read({ low: '60', high: '90,5' })).toMatchObject({ quantity: { range: { low: 60, high: 90.5 } } });
});

it.each([
  [{ value: '' }, { state: 'empty' }],
  [{ value: 'eighty' }, { state: 'wrong', because: 'notANumber' }],
  [{ unit: ' ' }, { state: 'wrong', because: 'noUnit' }],
  [{ low: '60' }, { state: 'wrong', because: 'halfARange' }],
  [
    { high: 'x', low: '1' },
    { state: 'wrong', because: 'halfARange' },
  ],
  [
    { value: '', low: '1', high: '2' },
    { state: 'wrong', because: 'notANumber' },
  ],
])('%j is %j', (part, expected) => {
  expect(read(part)).toEqual(expected);
});

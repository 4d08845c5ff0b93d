import type { Format } from '@shared/kinds/kind';
import type { FactValue } from '@shared/snapshot';
import { expect, it } from 'vitest';
import { formatFact } from './format-fact';

const words = { yes: 'oui', no: 'non', none: 'aucun' };

it.each<[FactValue, Format, string, string, string]>([
  [412.3, 'rate', 'requêtes/s', '412', 'requêtes/s'],
  [0.5, 'rate', 'req/s', '0,5', 'req/s'],
  [48_113_902, 'count', '', '48\u202f113\u202f902', ''],
  [5_000_000_000, 'bytes', '', '5', 'Go'],
  [18_200_000, 'bytes', '/s', '18,2', 'Mo/s'],
  [91, 'percent', '', '91', '%'],
  [252, 'seconds', '', '4\u00a0min 12\u00a0s', ''],
  [3.2, 'milliseconds', '', '3,2', 'ms'],
  [true, 'yes-no', '', 'oui', ''],
  [false, 'yes-no', '', 'non', ''],
  [['a', 'b'], 'list', '', 'a, b', ''],
  [[], 'list', '', 'aucun', ''],
  ['<b>x</b>', 'count', '', '<b>x</b>', ''],
  [null, 'bytes', '', '—', ''],
  [0, 'time', '', '00:00:00', ''],
])('%j as %s is %s %s', (value, format, unit, text, shownUnit) => {
  expect(formatFact(value, format, unit, 'fr', 'UTC', words)).toEqual({ text, unit: shownUnit });
});

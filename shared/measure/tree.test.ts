import { expect, test } from 'vitest';
import { chance, valuesOf, whyOf } from './measure.test-kit';
import { outermost } from './offers';
import { changedFiles, medianOf, treeWalk } from './tree';
import { parseTree, type TreeReading } from './tree-script';

const day = (files: number, bytes: number) => ({ files, bytes });
const reading = (over: Partial<TreeReading> = {}): TreeReading => ({
  exit: 0,
  files: 1000,
  bytes: 5e9,
  ahead: 0,
  days: [day(40, 2e9), day(30, 1e9), day(10, 5e8), day(50, 3e9), day(30, 1e9), day(0, 0), day(20, 1e9)],
  hidden: 0,
  said: '',
  seconds: 12.5,
  ...over,
});

test('size, number, and what changed within a day, with the spread of the days', () => {
  expect(valuesOf(changedFiles('files', reading()))).toEqual({
    'dataSets/files/size': { path: 'dataSets/files/size', value: 5, unit: 'GB' },
    'dataSets/files/fileCount': { path: 'dataSets/files/fileCount', value: 1000, unit: 'files' },
    'dataSets/files/changedFiles': {
      path: 'dataSets/files/changedFiles',
      value: 40,
      unit: 'files/day',
      range: { low: 0, high: 50 },
    },
    'dataSets/files/changeRate': {
      path: 'dataSets/files/changeRate',
      value: 2,
      unit: 'GB/day',
      range: { low: 0, high: 3 },
    },
  });
});

test('a tree in which nothing changed: zero, and not unknown', () => {
  const quiet = reading({ days: Array.from({ length: 7 }, () => day(0, 0)) });
  const values = valuesOf(changedFiles('files', quiet));
  expect(values['dataSets/files/changedFiles']).toMatchObject({ value: 0, range: { low: 0, high: 0 } });
  expect(values['dataSets/files/changeRate']).toMatchObject({ value: 0, unit: 'B/day' });
});

test.each<[string, string, TreeReading | null]>([
  ['its limit cut it', 'cut-by-limit', reading({ exit: 124 })],
  ['it took a KILL to end it', 'cut-by-limit', reading({ exit: 137 })],
  ['a folder is closed', 'unreadable', reading({ hidden: 2, said: 'find: /x: Permission denied' })],
  ['find failed', 'unreadable', reading({ exit: 127 })],
  ['nothing came', 'no-answer', null],
])('a walk is a lower bound and no value when %s: %s', (_, why, one) => {
  const verdict = changedFiles('files', one);
  expect(whyOf(verdict)).toBe(why);
  if (one) expect(verdict.facts).toMatchObject({ files: 1000, bytes: 5e9 });
  expect(whyOf(treeWalk([reading(), one]))).toBe(why);
});

test('walks: the median of the warm ones; the cold first one is told apart, and within the spread', () => {
  const walks = [40, 10, 12, 11].map((seconds) => reading({ seconds }));
  const verdict = treeWalk(walks);
  expect(valuesOf(verdict)['assumptions/scanTime']).toEqual({
    path: 'assumptions/scanTime',
    value: 11,
    unit: 's',
    range: { low: 10, high: 40 },
  });
  expect(verdict.facts).toMatchObject({ walks: [40, 10, 12, 11], isFirstCold: true, seconds: 73 });
  expect(treeWalk([12, 11, 10].map((seconds) => reading({ seconds }))).facts.isFirstCold).toBe(false);
  expect(whyOf(treeWalk([reading()]))).toBe('too-few-samples');
});

test('whatever the days and walks: the spread holds the value', () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const next = chance(seed);
    const days = Array.from({ length: 7 }, () =>
      day(Math.floor(next() * 1e5), Math.floor(next() * 10 ** (next() * 14))),
    );
    const walks = Array.from({ length: 2 + Math.floor(next() * 5) }, () =>
      reading({ seconds: next() * 1000 }),
    );
    for (const value of [
      ...Object.values(valuesOf(changedFiles('f', reading({ days })))),
      ...Object.values(valuesOf(treeWalk(walks))),
    ]) {
      const { low, high } = value.range ?? { low: value.value, high: value.value };
      expect([seed, value.path, low <= value.value && value.value <= high]).toEqual([seed, value.path, true]);
    }
  }
});

const PRINTED =
  '#walk\n0 3 600 1\n#days\n1 100\n0 0\n0 0\n0 0\n0 0\n0 0\n0 0\n#hidden\n0 \n#time\n100.10 100.35\n#end\n';

test('what the script prints, and what is no whole answer', () => {
  expect(parseTree({ stdout: PRINTED })).toMatchObject({
    exit: 0,
    files: 3,
    bytes: 600,
    ahead: 1,
    hidden: 0,
    said: '',
  });
  expect(parseTree({ stdout: PRINTED })?.seconds).toBeCloseTo(0.25, 9);
  expect(
    parseTree({ stdout: PRINTED.replace('0 \n#time', '2 find: ‘/a’: Permission denied\n#time') }),
  ).toMatchObject({
    hidden: 2,
    said: 'find: ‘/a’: Permission denied',
  });
  // A clock that went back gives no negative time; half an answer is none.
  expect(parseTree({ stdout: PRINTED.replace('100.35', '99') })?.seconds).toBe(0);
  for (const cut of ['#end\n', '#time\n100.10 100.35\n', '1 100\n', '0 3 600 1\n'])
    expect([cut, parseTree({ stdout: PRINTED.replace(cut, '') })]).toEqual([cut, null]);
  expect(parseTree({ stdout: PRINTED.replace('600', 'x') })).toBeNull();
});

test('trees within trees are counted once', () => {
  expect(outermost(['/srv/a/', '/srv/a/b', '/srv/ab', '/srv/a'])).toEqual(['/srv/a', '/srv/ab']);
  expect(outermost(['/', '/srv'])).toEqual(['/']);
});

test('the median of an even number lies between the two in the middle', () => {
  expect([medianOf([3]), medianOf([4, 1]), medianOf([9, 1, 2])]).toEqual([3, 2.5, 2]);
});

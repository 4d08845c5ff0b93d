import { expect, test } from 'vitest';
import type { LagPoint } from '../views/replication';
import { gapsOf, type LagPlotInput, lagPlotOf, valueMarks } from './lag-plot';

const FROM = Date.UTC(2026, 10, 21, 2, 26);
const TO = FROM + 300_000;
const every5s = (seconds: (second: number) => number | null, secondsBehind: number | null = 0): LagPoint[] =>
  Array.from({ length: 61 }, (_, n) => ({ at: FROM + n * 5000, seconds: seconds(n * 5), secondsBehind }));
const input = (series: LagPlotInput['series'], more: Partial<LagPlotInput> = {}): LagPlotInput => ({
  series,
  from: FROM,
  to: TO,
  limitSeconds: 2,
  words: {
    limit: (seconds) => `limit ${seconds}`,
    unknown: 'unknown',
    secondsBehind: (value) => `Seconds_Behind ${value}`,
    notEvidence: (node) => `${node}: not evidence`,
  },
  language: 'en',
  zone: 'UTC',
  width: 800,
  height: 240,
  ...more,
});
const shapesOf = (given: LagPlotInput) => lagPlotOf(given)?.shapes ?? [];
const textsOf = (given: LagPlotInput) =>
  shapesOf(given).flatMap((shape) => (shape.kind === 'text' ? [`${shape.role}: ${shape.text}`] : []));
const a = { node: 'db-a', points: every5s(() => 0.8), attention: false };
const b = { node: 'db-b', points: every5s((at) => (at < 260 ? 0.5 : at - 258.7)), attention: true };

test('names and last values stand at the right end, Seconds_Behind as no evidence; the axis begins at 0', () => {
  const texts = textsOf(input([a, b]));
  expect(texts).toEqual(
    expect.arrayContaining([
      'axis: 0',
      'axis: 02:26',
      'axis: 02:31',
      'limit: limit 2\u00a0s',
      'label: db-a  0.8\u00a0s',
      'curve-attention: db-b  41.3\u00a0s',
      'footnote: Seconds_Behind 0',
      'axis: db-b: not evidence',
    ]),
  );
});

test('no two labels at the right end stand on each other, and all are inside', () => {
  const many = Array.from({ length: 8 }, (_, n) => ({ ...a, node: `db-${n}` }));
  const ys = shapesOf(input(many))
    .flatMap((shape) => (shape.kind === 'text' && shape.x > 610 ? [shape.y] : []))
    .sort((one, other) => one - other);
  expect(ys).toHaveLength(10);
  for (const [n, y] of ys.entries()) expect(y - (ys[n - 1] ?? -99)).toBeGreaterThanOrEqual(15.9);
  expect(Math.min(...ys)).toBeGreaterThan(0);
  expect(Math.max(...ys)).toBeLessThan(240);
});

test('what was not told is a gap and no line', () => {
  const holes = { ...a, points: every5s((at) => (at >= 100 && at <= 150 ? null : 1), null) };
  const shapes = shapesOf(input([holes]));
  const [gap, ...others] = shapes.filter((shape) => shape.role === 'gap');
  expect(others).toEqual([]);
  const paths = shapes.flatMap((shape) => (shape.kind === 'path' ? [shape] : []));
  expect(paths).toHaveLength(2);
  if (gap?.kind !== 'rect') throw new Error('a gap is a rectangle');
  for (const { points } of paths)
    for (const [x] of points) expect(x <= gap.x + 0.01 || x >= gap.x + gap.width - 0.01).toBe(true);
});

test('a replica that went silent: its line ends, its label says unknown, and the others are not covered', () => {
  const gone = { ...b, points: b.points.slice(0, 30) };
  const given = input([a, gone]);
  const texts = textsOf(given);
  expect(texts).toContain('label: db-a  0.8\u00a0s');
  expect(texts).toContain('curve-attention: db-b  unknown');
  const gaps = shapesOf(given).flatMap((shape) =>
    shape.role === 'gap' && shape.kind === 'rect' ? [shape.height] : [],
  );
  expect(gaps).toEqual([5]);
  expect(shapesOf(given).filter(({ kind }) => kind === 'dot')).toHaveLength(1);
});

test('time before the first look and after the last is unknown', () => {
  const points = every5s(() => 1).slice(20, 40);
  const at = (n: number) => points.at(n)?.at;
  expect(gapsOf(points, FROM, TO)).toEqual([
    [FROM, at(0)],
    [at(-1), TO],
  ]);
  expect(gapsOf([], FROM, TO)).toEqual([[FROM, TO]]);
});

test('no reading in the range is no plot', () => {
  expect(lagPlotOf(input([]))).toBeNull();
  expect(
    lagPlotOf(input([{ ...a, points: a.points.map((one) => ({ ...one, at: one.at - 900_000 })) }])),
  ).toBeNull();
});

test('all ages unknown: a plot that is one gap, and the label says unknown', () => {
  const none = input([{ ...a, points: every5s(() => null, null) }]);
  expect(textsOf(none)).toContain('label: db-a  unknown');
  expect(shapesOf(none).filter((shape) => shape.kind === 'path')).toEqual([]);
});

test.each([
  [4, [0, 1, 2, 3, 4]],
  [41.3, [0, 10, 20, 30, 40, 50]],
  [0.3, [0, 0.1, 0.2, 0.3]],
  [6000, [0, 2000, 4000, 6000]],
])('marks up to %d', (high, marks) =>
  expect(valueMarks(high).map((one) => Number(one.toFixed(6)))).toEqual(marks),
);

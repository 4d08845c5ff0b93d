import { expect, test } from 'vitest';
import type { PlanStep } from '../views/plan';
import type { Chart, Shape } from './chart';
import { convergenceOf } from './convergence';
import { type GanttStep, ganttOf } from './gantt';
import { linearScale, logMarks, logScale, timeMarks } from './scale';

const step = (
  id: string,
  needs: string[],
  minutes: [number, number, number] | null,
  track: PlanStep['track'] = 'all',
): GanttStep => ({
  id,
  title: `Step ${id}`,
  track,
  needs,
  minutes: minutes && { optimistic: minutes[0], likely: minutes[1], pessimistic: minutes[2] },
});
const trackName = {
  web: 'Web',
  database: 'Database',
  files: 'Files',
  dns: 'DNS',
  sessions: 'Sessions',
  communication: 'Communication',
  all: 'All',
};
const base = { trackName, language: 'en', width: 1000 } as const;

/** Files and database run side by side; the files decide. */
const cutover = [
  step('freeze', ['rehearse'], [2, 4, 8]),
  step('pass', ['freeze'], [30, 40, 50], 'files'),
  step('hash', ['pass'], [5, 10, 20], 'files'),
  step('drain', ['freeze'], [0.2, 0.5, 2], 'database'),
  step('promote', ['hash', 'drain'], [0.5, 1, 3], 'database'),
];
const gantt = (steps: readonly GanttStep[], criticalPath: string[] = []) =>
  ganttOf({ ...base, steps, criticalPath });
const ofKind = <K extends Shape['kind']>(chart: Chart | null, kind: K) =>
  (chart?.shapes ?? []).filter((shape): shape is Extract<Shape, { kind: K }> => shape.kind === kind);
const barOf = (chart: Chart | null, id: string) => ofKind(chart, 'rect').find((bar) => bar.id === id);
const textsOf = (chart: Chart | null, role: string) =>
  ofKind(chart, 'text').flatMap((text) => (text.role === role ? [text.text] : []));

test('a step begins where the last of its needs is likely to end', () => {
  const chart = gantt(cutover);
  const end = (id: string) => (barOf(chart, id)?.x ?? Number.NaN) + (barOf(chart, id)?.width ?? Number.NaN);
  expect(barOf(chart, 'pass')?.x).toBeCloseTo(end('freeze'), 9);
  expect(barOf(chart, 'drain')?.x).toBeCloseTo(end('freeze'), 9);
  expect(barOf(chart, 'promote')?.x).toBeCloseTo(end('hash'), 9);
  expect((barOf(chart, 'pass')?.width ?? 0) / (barOf(chart, 'hash')?.width ?? 1)).toBeCloseTo(4, 9);
});

test('the critical path is filled, each track named once where it begins, nothing leaves the drawing', () => {
  const chart = gantt(cutover, ['freeze', 'pass', 'hash', 'promote']);
  expect(ofKind(chart, 'rect').map((bar) => bar.role)).toEqual([
    'bar-critical',
    'bar-critical',
    'bar-critical',
    'bar',
    'bar-critical',
  ]);
  expect(textsOf(chart, 'lane')).toEqual(['All', 'Files', 'Database']);
  const whiskers = ofKind(chart, 'line').filter((line) => line.role === 'whisker' && line.y1 === line.y2);
  expect(whiskers).toHaveLength(cutover.length);
  for (const { x1, x2 } of whiskers) {
    expect(x2).toBeGreaterThan(x1);
    expect(x2).toBeLessThanOrEqual(1000);
  }
});

test('the axis starts at 0 without a unit, and a title ends before the bars begin', () => {
  const title = 'Stop writes: a maintenance page, every database and every share read-only';
  const chart = gantt([{ ...step('freeze', [], [2, 4, 8]), title }, step('pass', ['freeze'], [3, 4, 5])]);
  expect(textsOf(chart, 'axis').slice(0, 2)).toEqual(['0', '2\u00a0min']);
  const [long = '', short] = textsOf(chart, 'label');
  expect(long).toMatch(/^Stop writes: a maintenance page, every .*…$/);
  expect(72 + long.length * 6).toBeLessThan(360);
  expect(short).toBe('Step pass');
});

test('a step of no time is still a bar; an unknown one leaves nothing to draw', () => {
  expect(barOf(gantt([step('a', [], [0, 0, 0])]), 'a')?.width).toBe(1);
  expect(gantt([...cutover, step('open', ['promote'], null)])).toBeNull();
  expect(gantt([])).toBeNull();
});

const convergence = (minutes: number[], floorMinutes: number | null, language: 'en' | 'fr' = 'en') =>
  convergenceOf({
    passes: { minutes, floorMinutes, converges: floorMinutes !== null },
    passName: (n) => `pass ${n}`,
    floorName: (duration) => `floor ${duration}`,
    language,
    width: 560,
    height: 300,
  });

test('passes fall to their floor and never below it on the drawing', () => {
  const chart = convergence([248, 40.7, 40.1], 40.05);
  const heights = ofKind(chart, 'dot').map((dot) => dot.y);
  const [floor] = ofKind(chart, 'line').filter((line) => line.role === 'floor');
  expect(heights).toEqual([...heights].sort((a, b) => a - b));
  expect(heights.at(-1)).toBeLessThanOrEqual(floor?.y1 ?? Number.NaN);
  expect(textsOf(chart, 'floor')).toEqual(['floor 40\u00a0min 3\u00a0s']);
  expect(textsOf(chart, 'value')[0]).toBe('4\u00a0h 8\u00a0min');
  expect(textsOf(chart, 'axis')).toEqual(['40', '80', '160', '320', 'pass 0', 'pass 1', 'pass 2']);
});

test.each<[string, number[], number | null]>([
  ['one pass that diverges', [1000], null],
  ['a floor of nothing', [160, 0.4, 0], 0],
  ['passes of equal length', [40, 40], 40],
  ['six orders of magnitude', [1e5, 0.1], 0.1],
])('%s: every shape has a place inside the drawing', (_, minutes, floor) => {
  const chart = convergence(minutes, floor, 'fr');
  expect(ofKind(chart, 'line').filter((line) => line.role === 'floor')).toHaveLength(floor === null ? 0 : 1);
  for (const dot of ofKind(chart, 'dot')) {
    expect(dot.x).toBeGreaterThanOrEqual(0);
    expect(dot.x).toBeLessThanOrEqual(560);
    expect(dot.y).toBeGreaterThanOrEqual(0);
    expect(dot.y).toBeLessThanOrEqual(300);
  }
  expect(ofKind(chart, 'dot')).toHaveLength(minutes.length);
});

test.each<[number[], string]>([
  [[], 'no pass'],
  [[Number.POSITIVE_INFINITY], 'a pass that never ends'],
])('%j (%s) is not drawn', (minutes) => {
  expect(convergence(minutes, null)).toBeNull();
});

test.each([
  [40, 8, [0, 5, 10, 15, 20, 25, 30, 35, 40]],
  [84, 8, [0, 15, 30, 45, 60, 75, 90]],
  [0, 8, [0, 1]],
  [30_000, 8, [0, 4320, 8640, 12_960, 17_280, 21_600, 25_920, 30_240]],
])('time marks up to %d min', (end, most, expected) => {
  expect(timeMarks(end, most)).toEqual(expected);
});

test('logarithmic marks surround the values, wider apart over many orders', () => {
  expect(logMarks(10.6, 218, 9)).toEqual([10, 20, 40, 80, 160, 320]);
  expect(logMarks(0.1, 1e5, 9).map((mark) => Number(mark.toPrecision(6)))).toEqual([
    0.05, 0.5, 5, 50, 500, 5000, 50_000, 500_000,
  ]);
});

test('scales meet their ends, and a logarithm gives each factor the same length', () => {
  expect([0, 5, 10].map(linearScale([0, 10], [100, 200]))).toEqual([100, 150, 200]);
  const y = logScale([5, 320], [300, 0]);
  expect(y(5)).toBeCloseTo(300, 9);
  expect(y(320)).toBeCloseTo(0, 9);
  expect(y(10) - y(20)).toBeCloseTo(y(80) - y(160), 9);
});

import { expect, test } from 'vitest';
import { planForTests } from '../paper/plan/plan.test-kit';
import { allowanceOf } from './allowance';
import type { Chart, Role, Shape } from './chart';
import { chartSvg } from './chart-svg';
import { convergenceOf } from './convergence';
import { formatTarget, planChartsOf } from './plan-charts';
import { tornadoOf } from './tornado';

const plan = planForTests();
const ofRole = <K extends Shape['kind']>(chart: Chart | undefined, kind: K, role: Role) =>
  (chart?.shapes ?? []).filter(
    (shape): shape is Extract<Shape, { kind: K }> => shape.kind === kind && shape.role === role,
  );
const said = (chart: Chart | undefined, role: Role) => ofRole(chart, 'text', role).map(({ text }) => text);

test('the Gantt has its gates as squares, the point of no return where the promotion begins, and the window', () => {
  const chart = planChartsOf(plan, 'en', { width: 720 }).gantt?.chart;
  expect(said(chart, 'gate').slice(0, 3)).toEqual(['G1', 'G2', 'G3']);
  const [line] = ofRole(chart, 'line', 'no-return');
  const promote = [...ofRole(chart, 'rect', 'bar-critical')].find(({ id }) => id === 'promote');
  expect(line?.x1).toBeCloseTo(promote?.x ?? Number.NaN, 9);
  // over the full height of the bars
  expect(line?.y1).toBeLessThan(Math.min(...ofRole(chart, 'rect', 'bar-critical').map(({ y }) => y)));
  expect(line?.y2).toBeGreaterThan(
    Math.max(...ofRole(chart, 'rect', 'bar').map(({ y, height }) => y + height)),
  );
  expect(said(chart, 'no-return')).toEqual(['point of no return 01:18']);
  expect(said(chart, 'turn-back')).toEqual([
    'Turn back by 01:54 = end 02:30 − way back P90 26\u00a0min − margin 10\u00a0min',
  ]);
  expect(said(chart, 'window-end')).toEqual(['end of window 02:30']);
  expect(said(chart, 'axis')[0]).toBe('00:00');
  expect(ofRole(chart, 'rect', 'zone-free')[0]?.width).toBeGreaterThan(0);
  // a gate is no bar
  expect(ofRole(chart, 'rect', 'bar').some(({ id }) => id === 'g2')).toBe(false);
});

test('without a window there is no clock, no turn-back and no end', () => {
  const unset = { ...plan, window: { state: 'unset' } as const, clock: { ...plan.clock, turnBack: null } };
  const chart = planChartsOf(unset, 'fr', { width: 720 }).gantt?.chart;
  expect(ofRole(chart, 'line', 'turn-back')).toEqual([]);
  expect(ofRole(chart, 'line', 'window-end')).toEqual([]);
  expect(said(chart, 'axis')).toContain('0');
});

test.each(['en', 'fr'] as const)(
  'no text of any drawing leaves it, and every label says a conclusion (%s)',
  (language) => {
    for (const titled of Object.values(planChartsOf(plan, language, { width: 720 }))) {
      expect(titled?.label).toMatch(/\.$/);
      const { chart } = titled ?? {};
      for (const { x, y } of (chart?.shapes ?? []).flatMap((shape: Shape) =>
        shape.kind === 'text' ? [shape] : [],
      )) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(chart?.width ?? 0);
        expect(y).toBeLessThanOrEqual(chart?.height ?? 0);
      }
    }
  },
);

test('a floor over what is allowed is told in the title', () => {
  const passes = { minutes: [248, 60, 50.2], floorMinutes: 50.1, converges: true };
  const chart = planChartsOf({ ...plan, totals: { ...plan.totals, filePasses: passes } }, 'en', {
    width: 720,
  });
  expect(chart.convergence?.title).toMatch(/^No number of passes reaches 43\u00a0min 48\u00a0s/);
  expect(planChartsOf(plan, 'en', { width: 720 }).convergence?.title).toMatch(/^Floor of 40\u00a0min/);
});

const base = {
  passName: (n: number) => `${n}`,
  floorName: (d: string) => `floor ${d}\n= walk`,
  language: 'en',
  width: 560,
  height: 240,
} as const;
const passes = { minutes: [248, 40.7, 40.1], floorMinutes: 40.05, converges: true };

test('measured passes are dots, computed ones are hollow; target and lever have lines and names of their own', () => {
  const drawn = convergenceOf({
    ...base,
    passes,
    measured: [251, 42.3],
    target: { minutes: 30, name: 'wanted 30', note: 'below the floor' },
    lever: { minutes: [218, 10.6], name: 'journal', note: 'simulated' },
  });
  expect(ofRole(drawn ?? undefined, 'dot', 'point')).toHaveLength(2);
  expect(ofRole(drawn ?? undefined, 'dot', 'predicted')).toHaveLength(0);
  expect(ofRole(drawn ?? undefined, 'line', 'target')).toHaveLength(1);
  expect(ofRole(drawn ?? undefined, 'line', 'lever')).toHaveLength(1);
  const names = (['floor', 'target', 'lever'] as const).flatMap((role) =>
    ofRole(drawn ?? undefined, 'text', role),
  );
  const ys = names.map(({ y }) => y).sort((a, b) => a - b);
  for (const [n, y] of ys.entries()) if (n > 0) expect(y - (ys[n - 1] ?? 0)).toBeGreaterThanOrEqual(14);
  expect(ofRole(convergenceOf({ ...base, passes }) ?? undefined, 'dot', 'predicted')).toHaveLength(3);
});

test('the wallet is grey up to what is allowed and filled beyond it', () => {
  const chart = planChartsOf(plan, 'fr', { width: 720 }).allowance?.chart;
  const [allowed] = ofRole(chart, 'rect', 'allowed');
  const [over] = ofRole(chart, 'rect', 'over');
  expect((over?.width ?? 0) / (allowed?.width ?? 1)).toBeCloseTo(40.2 / 43.8, 6);
  expect(said(chart, 'target')).toEqual(['1\u00a0h 24\u00a0min\u00a0: il manque 40\u00a0min 12\u00a0s']);
  const within = allowanceOf({
    allowed: 43.8,
    allowedText: 'x',
    bars: [{ name: 'a', minutes: 20, says: 'b' }],
    width: 500,
  });
  expect(ofRole(within ?? undefined, 'rect', 'over')).toEqual([]);
  expect(
    allowanceOf({
      allowed: Number.NaN,
      allowedText: 'x',
      bars: [{ name: 'a', minutes: 20, says: 'b' }],
      width: 500,
    }),
  ).toBeNull();
});

test('an input that is only assumed is hollow, the strongest is the longest bar', () => {
  const chart = planChartsOf(plan, 'en', { width: 720 }).influence?.chart;
  const [measured] = ofRole(chart, 'rect', 'weight');
  const [assumed] = ofRole(chart, 'rect', 'weight-assumed');
  expect([measured?.id, assumed?.id]).toEqual(['assumptions/scanTime', 'steps/freeze']);
  expect((measured?.width ?? 0) / (assumed?.width ?? 1)).toBeCloseTo(11, 6);
  expect(said(chart, 'value')).toContain('decides whether at all');
  expect(tornadoOf({ influence: [], result: 1, say: String, decides: '', most: 8, width: 500 })).toBeNull();
});

test('a hostile name in a drawing is text', () => {
  const hostile = planForTests('</text><script>x</script>');
  const gantt = planChartsOf(hostile, 'en', { width: 1200 }).gantt;
  const svg = gantt ? chartSvg(gantt.chart, `"${gantt.label}`) : '';
  expect(svg).not.toContain('<script');
  expect(svg).toContain('&#60;/text&#62;&#60;script');
  expect(svg.match(/<svg/g)).toHaveLength(1);
});

test.each([
  [0.999, '99.9\u00a0%', '99,9\u00a0%'],
  [0.99995, '99.995\u00a0%', '99,995\u00a0%'],
])('a target of %d is not rounded to a better one', (share, en, fr) => {
  expect([formatTarget(share, 'en'), formatTarget(share, 'fr')]).toEqual([en, fr]);
});

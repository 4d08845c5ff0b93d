import type { Chart } from '@shared/charts/chart';
import { texts } from '@shared/text';
import { expect, test } from 'vitest';
import { ended, plan, sent, stateAfter } from './plan.test-kit';
import { lateBy, stripOf } from './strip';

const words = texts('en').runs.run.strip;
const strip = (state: ReturnType<typeof stateAfter>, at: number, steps = plan.steps) =>
  stripOf({
    plan: { ...plan, steps },
    state,
    at,
    time: (when) => `t${when}`,
    words,
    language: 'en',
    width: 1000,
  });
const bars = ({ shapes }: Chart, role: string) =>
  shapes.filter((shape) => shape.kind === 'rect' && shape.role === role);

test('late or early is told from the last step that is done and has a time', () => {
  expect(lateBy(plan, stateAfter([]))).toBeNull();
  // Opened at 1000, planned to be done 100 later.
  expect(lateBy(plan, stateAfter([sent('events', 1100), ended('events', 1600)]))).toBe(500);
  expect(lateBy(plan, stateAfter([sent('events', 1010), ended('events', 1050)]))).toBe(-50);
});

test('what has run stands below what was planned, on one scale, within the picture', () => {
  const state = stateAfter([sent('events', 1100), ended('events', 1600), sent('close', 1700)]);
  const { chart, says } = strip(state, 1800);
  expect(bars(chart, 'bar')).toHaveLength(3); // the one without an estimate has no place
  expect(bars(chart, 'bar-critical').map((bar) => bar.kind === 'rect' && bar.id)).toEqual([
    'events',
    'close',
  ]);
  for (const shape of chart.shapes)
    if (shape.kind === 'rect') {
      expect(shape.x).toBeGreaterThanOrEqual(96);
      expect(shape.x + shape.width).toBeLessThanOrEqual(1000);
    }
  expect(says.replaceAll('\u00a0', ' ')).toBe('now t1800, 0.5 s behind plan; planned end after 0.1 s');
});

test('without any estimate it says that there is no plan to compare with', () => {
  const steps = plan.steps.map((step) => ({ ...step, estimate: null }));
  const { chart, says } = strip(stateAfter([sent('events', 1100)]), 1800, steps);
  expect(bars(chart, 'bar')).toHaveLength(0);
  expect(says).toContain(words.noPlan);
});

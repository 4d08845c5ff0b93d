import { describe, expect, it } from 'vitest';
import { fitView, revealView, zoomView } from './view';

const size = { width: 1000, height: 700 };

describe('fitView', () => {
  it('never enlarges and centres', () => {
    const view = fitView(size, { width: 400, height: 300 });
    expect(view.k).toBe(1);
    expect(view.x).toBe(300);
  });
  it('shrinks until everything is inside', () => {
    const view = fitView(size, { width: 2000, height: 800 });
    expect(view.k).toBeLessThan(0.5);
    expect(view.x + 2000 * view.k).toBeLessThanOrEqual(1000);
  });
});

it('zoomView keeps the point under the pointer where it is', () => {
  const at = { x: 300, y: 200 };
  const before = { x: 20, y: 10, k: 1 };
  const after = zoomView(before, 1.5, at);
  expect((at.x - after.x) / after.k).toBeCloseTo((at.x - before.x) / before.k);
  expect((at.y - after.y) / after.k).toBeCloseTo((at.y - before.y) / before.k);
  expect(zoomView(before, 100, at).k).toBe(2);
});

it.each([
  ['inside', { x: 100, y: 100, width: 200, height: 100 }, { x: 0, y: 0 }],
  ['too far right', { x: 950, y: 100, width: 200, height: 100 }, { x: -166, y: 0 }],
  ['too far up', { x: 100, y: -50, width: 200, height: 100 }, { x: 0, y: 66 }],
])('revealView: %s', (_name, box, shift) => {
  expect(revealView({ x: 0, y: 0, k: 1 }, size, box)).toMatchObject(shift);
});

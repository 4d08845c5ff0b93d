import { expect, test } from 'vitest';
import { placeWithin } from './place';

const window = { width: 1180, height: 720 };

test('what fits lies where it was asked for, at any size of everything', () => {
  const asked = { x: 700, y: 100, width: 400, height: 500 };
  expect(placeWithin(asked, window, 1)).toEqual(asked);
  expect(placeWithin({ x: 560, y: 80, width: 320, height: 400 }, window, 1.25)).toEqual(asked);
});

test.each([
  { x: 1_100, y: 600, width: 400, height: 500 },
  { x: 1e9, y: 1e9, width: 300, height: 300 },
  { x: 0, y: 0, width: 1e9, height: 1e9 },
])('%j stays whole within the window, and no larger', (asked) => {
  const { x, y, width, height } = placeWithin(asked, window, 1);
  expect(x).toBeGreaterThanOrEqual(0);
  expect(y).toBeGreaterThanOrEqual(0);
  expect(x + width).toBeLessThanOrEqual(window.width);
  expect(y + height).toBeLessThanOrEqual(window.height);
  expect(width).toBeGreaterThan(0);
});

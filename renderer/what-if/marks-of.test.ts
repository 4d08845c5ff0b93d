import { expect, it } from 'vitest';
import { worstMark } from './marks-of';

it('shows of several links what happened to one of them', () => {
  expect(worstMark(['unaffected', 'cut', 'dead'])).toBe('cut');
  expect(worstMark(['unaffected', 'carries-more'])).toBe('carries-more');
  expect(worstMark(['absent', 'unaffected'])).toBe('unaffected');
});

it('shows nothing where no link is', () => {
  expect(worstMark([])).toBe('absent');
});

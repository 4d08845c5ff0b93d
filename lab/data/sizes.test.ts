import { describe, expect, it } from 'vitest';
import { formatSize, parseSize } from './sizes';

describe('parseSize', () => {
  it.each([
    ['50MB', 50e6],
    ['50 mb', 50e6],
    ['1.5GB', 1.5e9],
    ['64MiB', 64 * 2 ** 20],
    ['1TB', 1e12],
    ['3k', 3000],
    ['1000', 1000],
  ])('%s', (text, bytes) => expect(parseSize(text)).toBe(bytes));

  it.each(['', 'MB', '-1MB', '1 apple', '0', '5XB', '1e3', '99999999TB'])('refuses "%s"', (text) => {
    expect(() => parseSize(text)).toThrow(expect.objectContaining({ code: 'E_USAGE', exitCode: 2 }));
  });
});

describe('formatSize', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1500, '1.5 kB'],
    [50e6, '50 MB'],
    [1e12, '1.0 TB'],
  ])('%d', (bytes, text) => expect(formatSize(bytes)).toBe(text));
});

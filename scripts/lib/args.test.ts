import { describe, expect, it } from 'vitest';
// @ts-expect-error plain ESM, checked by scripts/tsconfig.json
import { parse } from './program.mjs';

const options = { screenshots: { type: 'string' }, 'down-after': { type: 'boolean' } };
const about = { usage: 'usage: demo', positionals: 1 };
const failing = (args: string[]) => {
  try {
    parse(args, options, about);
  } catch (error) {
    return error as Error & { exitCode: number };
  }
  throw new Error('it was accepted');
};

describe('arguments', () => {
  it('reads options and positionals', () => {
    const { values, positionals } = parse(['--screenshots', 'dir', '--down-after', 'a.yaml'], options, about);
    expect(values).toMatchObject({ screenshots: 'dir', 'down-after': true });
    expect(positionals).toEqual(['a.yaml']);
  });

  it.each([
    [['--recording'], /unknown option '--recording'/],
    [['--screenshot', 'dir'], /unknown option '--screenshot'/],
    [['--screenshots'], /--screenshots/],
    [['--down-after=yes'], /--down-after/],
    [['a.yaml', 'b.yaml'], /unexpected argument 'b.yaml'/],
  ])('refuses %j as bad usage and shows the usage', (args, message) => {
    const error = failing(args);
    expect(error.message).toMatch(message);
    expect(error.message).toContain('usage: demo');
    expect(error.exitCode).toBe(2);
  });

  it('answers --help with the usage and success', () => {
    expect(failing(['--help'])).toMatchObject({ message: 'usage: demo', exitCode: 0 });
  });
});

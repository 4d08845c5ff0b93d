import { describe, expect, it } from 'vitest';
import { parseOwner } from './access/owner';
import { parseArguments } from './cli-args';
import { DEFAULTS, type LabConfig, settle } from './engine/config';

const usage = expect.objectContaining({ code: 'E_USAGE', exitCode: 2 });

describe('parseArguments', () => {
  it('reads up with its options', () => {
    const line =
      'up patronus --engine mariadb --db-size 5GB --files-size 1TB --files 10 --seed 0 --base /x --gate-port 2300 --owner 5:6';
    expect(parseArguments(line.split(' '))).toMatchObject({
      command: 'up',
      words: ['patronus'],
      base: '/x',
      owner: { uid: 5, gid: 6 },
      wanted: { engine: 'mariadb', dbSize: 5e9, filesSize: 1e12, files: 10, seed: 0, gatePort: 2300 },
    });
  });
  it('leaves the options of a command inside a host alone', () => {
    expect(parseArguments(['--base', '/x', 'in', 'db', 'ls', '--json', '-l'])).toMatchObject({
      command: 'in',
      words: ['db', 'ls', '--json', '-l'],
      base: '/x',
      json: false,
    });
  });
  it('takes --base after the word in, too', () => {
    expect(parseArguments(['in', '--base', '/x', 'db', 'ls', '--json'])).toMatchObject({
      base: '/x',
      words: ['db', 'ls', '--json'],
    });
  });
  it('shows help when nothing is asked, or when it is', () => {
    expect(parseArguments([]).command).toBe('help');
    expect(parseArguments(['up', '--help']).command).toBe('help');
  });
  it.each([
    ['--engine oracle'],
    ['--db-size big'],
    ['--files 0'],
    ['--files 1.5'],
    ['--seed -1'],
    ['--gate-port 80'],
    ['--owner root'],
    ['--wrong'],
  ])('refuses up %s', (options) => {
    expect(() => parseArguments(['up', ...options.split(' ')])).toThrow(usage);
  });
});

describe('settle', () => {
  const stored: LabConfig = { ...DEFAULTS, gatePort: 2200, engineWanted: 'mysql' };
  it('completes a new base from the defaults', () => expect(settle({}, undefined, 2200)).toEqual(stored));
  it('keeps what a base was made with', () =>
    expect(settle({ seed: 1 }, { ...stored, dbSize: 7 }, 2200).dbSize).toBe(7));
  it('lets the port change', () => expect(settle({ gatePort: 2300 }, stored, 2200).gatePort).toBe(2300));
  it('refuses other data', () => {
    expect(() => settle({ seed: 2 }, stored, 2200)).toThrow(
      expect.objectContaining({ code: 'E_OTHER_DATA', exitCode: 2 }),
    );
  });
  it('takes MariaDB in place of MySQL for the MySQL that was asked for', () => {
    expect(settle({ engine: 'mysql' }, { ...stored, engine: 'mariadb' }, 2200).engine).toBe('mariadb');
  });
});

describe('parseOwner', () => {
  it('reads numbers only', () => expect(() => parseOwner('me:me')).toThrow(usage));
});

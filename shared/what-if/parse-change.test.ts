import { describe, expect, it } from 'vitest';
import { Change, printChange } from './change';
import { CHANGE_OPTIONS, type ChangeOption, parseChange } from './parse-change';

const OPTIONS = Object.keys(CHANGE_OPTIONS) as ChangeOption[];

describe('parseChange', () => {
  it.each<[ChangeOption, string, Change]>([
    ['fail', 'web', { kind: 'fail', node: 'web' }],
    ['drain', ' db-a ', { kind: 'drain', node: 'db-a' }],
    ['cut', 'web-db', { kind: 'cut', link: 'web-db' }],
    ['remove', 'cache', { kind: 'remove', service: 'cache' }],
    ['set', 'dataSets/files/size=2TB', { kind: 'set', path: 'dataSets/files/size', value: 2, unit: 'TB' }],
    ['set', 'a/b = 1,5 Gbit/s', { kind: 'set', path: 'a/b', value: 1.5, unit: 'Gbit/s' }],
    ['set', 'a/b=-3%', { kind: 'set', path: 'a/b', value: -3, unit: '%' }],
    ['set', 'a/b=3 1/h', { kind: 'set', path: 'a/b', value: 3, unit: '1/h' }],
    ['load', '2x', { kind: 'load', times: 2 }],
    ['load', '1,5×', { kind: 'load', times: 1.5 }],
    ['load', '0.5', { kind: 'load', times: 0.5 }],
    ['in', 'web-pair', { kind: 'scenario', id: 'web-pair' }],
    ['scenario', 'web-pair', { kind: 'scenario', id: 'web-pair' }],
  ])('--%s %s', (option, text, change) => {
    expect(parseChange(option, text)).toEqual({ ok: true, value: change });
    // What is printed is read back as the same.
    const [, printed = '', rest = ''] = /^--(\w+) (.*)$/.exec(printChange(change)) ?? [];
    expect(parseChange(printed as ChangeOption, rest)).toEqual({ ok: true, value: change });
  });

  it.each<[ChangeOption, string]>([
    ['fail', ''],
    ['fail', ' \t'],
    ['fail', 'x'.repeat(201)],
    ['set', 'a/b'],
    ['set', '=2TB'],
    ['set', 'a/b=TB'],
    ['set', 'a/b=2'],
    ['set', `a/b=1e999 TB`],
    ['set', 'a b=2 TB'],
    ['load', 'x'],
    ['load', '2y'],
    ['load', '1e999'],
  ])('refuses --%s %j by name', (option, text) => {
    expect(parseChange(option, text)).toMatchObject({ ok: false, error: { code: 'E_WHATIF_FORM' } });
  });

  it('never throws, and gives only what the schema of a change allows', () => {
    const hostile = [
      '\u0000',
      '=',
      '==',
      'a=1e-400 s',
      '💥=1 s',
      'a=\u202e1 s',
      '--fail',
      '__proto__',
      '1/0',
    ];
    for (const option of OPTIONS)
      for (const text of hostile) {
        const parsed = parseChange(option, text);
        if (parsed.ok) expect(Change.safeParse(parsed.value).success).toBe(true);
      }
  });
});

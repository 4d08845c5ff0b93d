import { describe, expect, it } from 'vitest';
import { type Consented, isNoMore } from './consent';
import { failoverJudges } from './judges';

const UUID = '3e11fa47-71ca-11e1-9e33-c80aa9429561';
const exact = (transactions: string, gtids: string): Consented => ({ kind: 'exact', transactions, gtids });
const least = (transactions: string, gtids: string): Consented => ({ kind: 'at-least', transactions, gtids });
const unknown: Consented = { kind: 'unknown', transactions: '', gtids: '' };

describe('what is lost now is no more than what was consented to', () => {
  it.each([
    ['the same', exact('3', '0-1-5..7'), exact('3', '0-1-5..7'), true],
    ['fewer of the same', exact('2', '0-1-6..7'), exact('3', '0-1-5..7'), true],
    ['more', exact('4', '0-1-5..8'), exact('3', '0-1-5..7'), false],
    ['as many, and others', exact('3', '0-1-6..8'), exact('3', '0-1-5..7'), false],
    ['another origin', exact('1', '0-2-5'), exact('3', '0-1-5..7'), false],
    ['MySQL: fewer', exact('2', `${UUID}:6-7`), exact('3', `${UUID}:5-7`), true],
    ['MySQL: others', exact('2', `${UUID}:8-9`), exact('3', `${UUID}:5-7`), false],
    ['surer by now', exact('3', '0-1-5..7'), least('3', '0-1-5..7'), true],
    ['less sure by now', least('3', '0-1-5..7'), exact('3', '0-1-5..7'), false],
    ['nobody knows any more', unknown, least('3', '0-1-5..7'), false],
    ['nobody knew, nobody knows', unknown, unknown, true],
    ['nobody knew, and now some are named', least('1', '0-1-5'), unknown, false],
    ['nobody knew, and nothing is lost', exact('0', ''), unknown, true],
    ['a text that nobody understands', exact('1', 'none'), exact('3', '0-1-5..7'), null],
  ])('%s', (_, now, before, expected) => {
    expect(isNoMore(now, before)).toBe(expected);
  });

  it('is shown as it moved, with the transactions that are meant', () => {
    const judge = failoverJudges['no-more-lost'];
    const answer = (row: Record<string, string>) => ({ rows: [row], stdout: '', exit: null });
    expect(judge?.(answer({ ...exact('4', '0-1-5..8') }), { ...least('3', '0-1-5..7') })).toEqual({
      ...{ holds: false, value: '≥ 3 → 4: 0-1-5..8' },
    });
    expect(judge?.(answer({ ...unknown }), { ...unknown })).toEqual({ holds: true, value: '?' });
    expect(judge?.(answer({ kind: 'exact' }), { ...unknown })).toEqual({ holds: null, value: '' });
    expect(judge?.({ rows: [], stdout: '', exit: null }, { ...unknown })).toEqual({ holds: null, value: '' });
  });
});

describe('nobody can write there any more', () => {
  const GONE = '1 (init) S 0';
  const RUNS = `${GONE}\n77 (mysqld) T 1`;
  const judge = (stdout: string, until: string, exit = 0) =>
    failoverJudges['nobody-runs']?.({ rows: [], stdout, exit }, { until });

  it.each([
    ['gone and kept down', `${GONE}\nstate inactive\nboot disabled\n`, 'for-good', true],
    ['killed', `${GONE}\nstate failed\nboot masked\n`, 'for-good', true],
    ['a start of the host starts it', `${GONE}\nstate inactive\nboot enabled\n`, 'for-good', false],
    ['which is enough for the stop itself', `${GONE}\nstate inactive\nboot enabled\n`, 'now', true],
    ['about to be started again', `${GONE}\nstate activating\nboot disabled\n`, 'for-good', false],
    ['frozen is not gone', `${RUNS}\nstate active\nboot disabled\n`, 'for-good', false],
    ['a process, whatever the manager says', `${RUNS}\nstate inactive\nboot disabled\n`, 'for-good', false],
    ['no word of the manager', `${GONE}\nstate inactive\n`, 'for-good', null],
    ['nothing at all', '', 'for-good', null],
    ['a process that calls itself so', `${GONE}\n9 (state inactive\nboot disabled) S 1`, 'for-good', null],
  ])('%s', (_, stdout, until, expected) => {
    expect(judge(stdout, until)?.holds).toBe(expected);
  });

  it('is not told by a reading that ended badly', () => {
    expect(judge(`${GONE}\nstate inactive\nboot disabled\n`, 'for-good', 3)?.holds).toBeNull();
  });
});

describe('MariaDB: the new primary holds all that another has received', () => {
  const judge = (logged: string, applied: string, received: string) =>
    failoverJudges['holds-received']?.({ rows: [{ logged, applied }], stdout: '', exit: null }, { received })
      ?.holds;

  it.each([
    ['all of it', '0-1-10,0-2-12', '0-1-10', '0-1-9', true],
    ['not the last', '0-1-10', '0-1-10', '0-1-11', false],
    ['nothing was received', '0-1-10', '0-1-10', '', true],
    ['what it has written itself hides nothing', '0-1-10,0-2-20', '0-1-10', '0-1-11', false],
    ['another domain', '0-1-10', '0-1-10', '0-1-10,1-1-1', false],
    ['words that nobody understands', 'x', '0-1-10', '0-1-10', null],
  ])('%s', (_, logged, applied, received, expected) => {
    expect(judge(logged, applied, received)).toBe(expected);
  });
});

import { describe, expect, it } from 'vitest';
import { parseMariadbPosition, parseMariadbState } from '../gtid/mariadb-list';
import { parseMysqlSet } from '../gtid/mysql-set';
import { lossSentence } from '../text/failover-text';
import type { ReadTransaction } from './binlog';
import { indexOf, logSudoers, logsInIndex } from './log-rights';
import { LogTally, ROWS_SHOWN } from './log-tally';
import { type LogRead, lossOf } from './loss';
import type { LastSeen } from './model';
import { type Held, holds, lacking, positionText } from './positions';
import { serverProcess } from './processes';

const UUID = '3c8155ed-e5f6-11f1-8c73-1a4e380b5f94';
const AT = Date.UTC(2026, 10, 21, 3, 11, 42);

function mysql(text: string): Extract<Held, { dialect: 'mysql' }> {
  const set = parseMysqlSet(text);
  if (!set.ok) throw new Error(text);
  return { dialect: 'mysql', set: set.value };
}
function mariadb(position: string, state: string): Held {
  const [reached, logged] = [parseMariadbPosition(position), parseMariadbState(state)];
  if (!reached.ok || !logged.ok) throw new Error(position);
  return { dialect: 'mariadb', position: reached.value, state: logged.value };
}
const seen = (numbers: string): LastSeen => ({ position: `${UUID}:${numbers}`, state: null, at: AT });
const transaction = (number: number, rows = 1): ReadTransaction => ({
  begun: {
    gtid: { dialect: 'mysql', origin: UUID, number: BigInt(number) },
    at: AT + number,
    standalone: false,
  },
  tables: [{ schema: 'app', table: 'orders', insert: rows, update: 0, delete: 0 }],
  rows: Array.from({ length: Math.min(rows, ROWS_SHOWN) }, () => ({
    ...{ schema: 'app', table: 'orders', change: 'insert' as const, text: '@1=1' },
  })),
  untold: false,
  ...{ partial: false, from: 0, to: 0 },
});
function log(numbers: readonly number[], other: Partial<LogRead> = {}): LogRead {
  const tally = new LogTally();
  for (const number of numbers) tally.add(transaction(number));
  const known = { before: { dialect: 'mysql', set: mysql(`${UUID}:1-90`).set }, fromKnown: true } as const;
  return {
    told: tally.told(),
    ...known,
    toTheEnd: true,
    torn: 0,
    salvage: null,
    salvageError: null,
    ...other,
  };
}
const HELD = mysql(`${UUID}:1-100`);
const at = (time: number) => new Date(time).toISOString().slice(11, 19);

describe('the loss', () => {
  it('is exact when its process is gone and its log was read whole', () => {
    const loss = lossOf({ held: HELD, log: log([101, 102, 104]), process: 'gone', lastSeen: null });
    expect(loss).toMatchObject({
      kind: 'exact',
      transactions: '3',
      gtids: `${UUID}:101-102:104`,
      since: AT + 101,
    });
    expect(lossSentence(loss, 'db', 'en', at)).toBe('These 3 transactions are lost unless db comes back.');
    expect(lossSentence(loss, 'db', 'fr', at)).toBe('Ces 3 transactions sont perdues si db ne revient pas.');
    const none = lossOf({ held: HELD, log: log([]), process: 'gone', lastSeen: seen('1-100') });
    expect(none).toMatchObject({ kind: 'exact', transactions: '0', gtids: '' });
  });

  it.each([
    ['its process runs', log([101]), 'runs'],
    ['nobody knows whether it runs', log([101]), 'unknown'],
    ['its log was not read to the end', log([101], { toTheEnd: false }), 'gone'],
  ] as const)('is a lower bound when %s', (_, read, process) => {
    const loss = lossOf({ held: HELD, log: read, process, lastSeen: null });
    expect(loss).toMatchObject({ kind: 'at-least', by: 'log', transactions: '1' });
  });

  it('counts what was in logs that are gone, as the oldest one tells', () => {
    const read = log([121], {
      fromKnown: false,
      before: { dialect: 'mysql', set: mysql(`${UUID}:1-120`).set },
    });
    const loss = lossOf({ held: HELD, log: read, process: 'gone', lastSeen: null });
    expect(loss).toMatchObject({ kind: 'exact', transactions: '21', untold: '20' });
  });

  it('is what it was seen to have when it cannot be reached', () => {
    const loss = lossOf({ held: HELD, log: null, process: 'unknown', lastSeen: seen('1-312') });
    expect(loss).toMatchObject({
      kind: 'at-least',
      by: 'last-seen',
      transactions: '212',
      gtids: `${UUID}:101-312`,
    });
    expect(lossSentence(loss, 'db', 'en', at)).toBe(
      'At least 212. db cannot be reached, so it may hold more, last seen 03:11:42.',
    );
  });

  it('is unknown when nothing that was seen is missing, or nothing was seen', () => {
    const known = lossOf({ held: HELD, log: null, process: 'unknown', lastSeen: seen('1-99') });
    expect(known.kind).toBe('unknown');
    const never = lossOf({ held: HELD, log: null, process: 'unknown', lastSeen: null });
    expect(lossSentence(never, 'db', 'en', at)).toBe('Unknown: nobody ever saw db’s position.');
  });
});

it('counts every row and shows the first of them', () => {
  const tally = new LogTally();
  tally.add(transaction(1, 1_000));
  const { rows, cut, tables } = tally.told();
  expect([rows.length, cut, tables[0]?.inserts]).toEqual([ROWS_SHOWN, true, 1_000]);
});

describe('what a server of MariaDB has', () => {
  const held = mariadb('0-1-100', '0-1-90,0-2-40');

  it('is told by what it received and by what its own log has', () => {
    const has = (server: number, sequence: number) =>
      holds(held, { dialect: 'mariadb', domain: 0, server, sequence: BigInt(sequence) });
    expect([has(1, 100), has(1, 101), has(2, 40), has(3, 101)]).toEqual([true, false, true, false]);
    expect(positionText(held)).toBe('0-1-100');
  });

  it('lacks what another has beyond it', () => {
    expect(lacking(mariadb('0-1-103,1-9-2', ''), held)).toEqual({ count: 5n, text: '0-1-101..103,1-9-1..2' });
    expect(lacking(held, held).count).toBe(0n);
  });
});

it('only binary logs below the base name are read, and sudoers fits nothing else', () => {
  const base = '/var/lib/mysql/binlog';
  expect(indexOf(base)).toBe(`${base}.index`);
  const good = logsInIndex('./binlog.000001\n/var/lib/mysql/binlog.000002\n', base);
  expect(good).toEqual({ files: [`${base}.000001`, `${base}.000002`], readable: true });
  for (const bad of ['../../etc/shadow', './binlog.000001 x', './other.000001', './binlog.00001'])
    expect([bad, logsInIndex(bad, base)]).toEqual([bad, { files: [], readable: false }]);
  expect(logSudoers('act', base)[1]).toBe(
    'act ALL=(root) NOPASSWD: /usr/bin/cat -- /var/lib/mysql/binlog.[0-9][0-9][0-9][0-9][0-9][0-9]',
  );
});

it('a process that is dead and not waited for is gone; where processes are hidden nothing is known', () => {
  const line = (name: string, state: string) => `12 (${name}) ${state} 1 1`;
  expect(serverProcess(`${line('bash', 'S')}\n${line('mysqld', 'S')}`, 0)).toBe('runs');
  expect(serverProcess(line('mariadbd', 'T'), 0)).toBe('runs');
  expect(serverProcess(`${line('bash', 'S')}\n${line('mysqld', 'Z')}`, 0)).toBe('gone');
  expect(serverProcess(line('odd) S 1 (mysqld', 'S'), 0)).toBe('gone');
  expect(serverProcess('', 3)).toBe('unknown');
});

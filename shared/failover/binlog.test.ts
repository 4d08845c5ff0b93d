import { describe, expect, it } from 'vitest';
import { parseMysqlSet } from '../gtid/mysql-set';
import { BinlogReader, type ReadTransaction } from './binlog';
import { GtidTally, type Held } from './positions';
import { bytesOf, MARIADB_LOG, MYSQL_LOG } from './real-logs.test-kit';

const NOTHING = {
  mysql: { dialect: 'mysql', set: new Map() },
  mariadb: { dialect: 'mariadb', position: new Map(), state: new Map() },
} as const satisfies Record<string, Held>;
const UUID = '3c8155ed-e5f6-11f1-8c73-1a4e380b5f94';
const LOGS = { mysql: bytesOf(MYSQL_LOG), mariadb: bytesOf(MARIADB_LOG) };
/** Every place would take three times as long and was tried: none is different. */
const STEP = 3;
const HOSTILE = 'ev\n### INSERT INTO x';

function read(bytes: Uint8Array, held: Held, step = bytes.length) {
  const all: ReadTransaction[] = [];
  let open: number[] = [];
  const kept: number[] = [];
  const copy = {
    begin: () => {
      open = [];
    },
    bytes: (piece: Uint8Array) => void open.push(...piece),
    end: (whole: boolean) => void (whole && kept.push(...open)),
  };
  const reader = new BinlogReader({ held, copy, each: (one) => all.push(one) });
  for (let at = 0; at < bytes.length; at += step) reader.push(bytes.subarray(at, at + step));
  const { torn } = reader.end();
  const tally = new GtidTally();
  for (const { begun } of all) if (begun.gtid) tally.add(begun.gtid);
  return { all, torn, trouble: reader.trouble, before: reader.before, gtids: tally.named().text, kept };
}
const tablesIn = (all: readonly ReadTransaction[]) => all.flatMap(({ tables }) => tables);

describe('a binary log of MySQL', () => {
  const whole = read(LOGS.mysql, NOTHING.mysql);

  it('tells each transaction by its name, tagged ones too, and what it did', () => {
    expect(whole).toMatchObject({ torn: false, trouble: null });
    expect(whole.gtids).toMatch(new RegExp(`^${UUID}:\\d+-\\d+:\\d+:b:1:oops_tag:1$`));
    expect(whole.all.map(({ untold }) => untold)).toEqual([true, false, false, false, true]);
    expect(whole.all[3]?.rows).toEqual([
      { schema: 'patronus', table: 'tagged', change: 'insert', text: '@1=3' },
    ]);
    expect(new Date(whole.all[2]?.begun.at ?? 0).toISOString()).toBe('2026-11-21T21:59:36.148Z');
  });

  it('leaves out what somebody has, and keeps the others as they stand', () => {
    const set = parseMysqlSet(`${UUID}:1-100000:b:1`);
    if (!set.ok) throw new Error('no set');
    const { gtids, kept } = read(LOGS.mysql, { dialect: 'mysql', set: set.value });
    expect(gtids).toBe(`${UUID}:oops_tag:1`);
    const again = read(Uint8Array.of(0xfe, 0x62, 0x69, 0x6e, ...kept), NOTHING.mysql);
    expect(again).toMatchObject({ gtids, trouble: null, torn: false });
  });
});

describe.each([
  ['mysql', [33, 42]],
  ['mariadb', [162]],
] as const)('where transactions stand in a log of %s', (dialect, begins) => {
  const set = parseMysqlSet(read(LOGS.mysql, NOTHING.mysql).gtids);
  const everyone: Record<typeof dialect, Held> = {
    mysql: { dialect: 'mysql', set: set.ok ? set.value : new Map() },
    mariadb: {
      ...NOTHING.mariadb,
      position: new Map([[0, { domain: 0, server: 1, sequence: 1_000_000_000n }]]),
    },
  };
  const bytes = LOGS[dialect];
  const { all } = read(bytes, NOTHING[dialect]);

  it('is where their first event is, up to where the next one may be', () => {
    expect(all.map(({ from }) => bytes[from + 4]).every((type) => begins.some((one) => one === type))).toBe(
      true,
    );
    expect(
      all.every(({ from, to }, index) => from < to && to <= (all[index + 1]?.from ?? bytes.length)),
    ).toBe(true);
    const cut = bytes.slice(0, all[1]?.to);
    expect(read(cut, NOTHING[dialect])).toMatchObject({ torn: false, trouble: null });
    expect(read(cut, NOTHING[dialect]).all).toHaveLength(2);
    expect(read(bytes.slice(0, cut.length - 1), NOTHING[dialect]).torn).toBe(true);
  });

  it('is the same however the bytes come, and those that somebody has are told to be passed', () => {
    expect(read(bytes, NOTHING[dialect], 7).all).toEqual(all);
    let passed = 0;
    const passes = () => {
      passed += 1;
    };
    new BinlogReader({ held: NOTHING[dialect], passes }).push(bytes);
    expect(passed).toBe(0);
    new BinlogReader({ held: everyone[dialect], passes }).push(bytes);
    expect(passed).toBe(all.length);
    expect(all.every(({ partial }) => !partial)).toBe(true);
  });
});

describe('a binary log of MariaDB', () => {
  const whole = read(LOGS.mariadb, NOTHING.mariadb);

  it('tells each transaction by its name, and what it did', () => {
    expect(whole).toMatchObject({ torn: false, trouble: null });
    expect(whole.all).toHaveLength(3);
    expect(whole.gtids).toMatch(/^0-1002011-\d+\.\.\d+,0-1002011-\d+$|^0-1002011-\d+/);
    expect(tablesIn(whole.all).at(-1)).toMatchObject({ insert: 0, update: 1, delete: 0 });
  });

  it('leaves out what somebody has applied or received', () => {
    const last = whole.all.at(-1)?.begun.gtid;
    if (last?.dialect !== 'mariadb') throw new Error('no transaction');
    const held: Held = { ...NOTHING.mariadb, position: new Map([[0, last]]) };
    expect(read(LOGS.mariadb, held).all).toEqual([]);
    const before = { ...last, sequence: last.sequence - 1n };
    expect(read(LOGS.mariadb, { ...held, position: new Map([[0, before]]) }).all).toHaveLength(1);
    expect(read(LOGS.mariadb, { ...NOTHING.mariadb, state: new Map([['0-1002011', last]]) }).all).toEqual([]);
  });
});

describe.each(['mysql', 'mariadb'] as const)('whatever a log of %s holds', (dialect) => {
  const bytes = LOGS[dialect];
  const whole = read(bytes, NOTHING[dialect]);

  it('nothing in a statement, a name or a value is taken for a transaction or a row', () => {
    expect(tablesIn(whole.all)[0]).toEqual({
      schema: 'patronus',
      table: HOSTILE,
      insert: 1,
      update: 0,
      delete: 0,
    });
    expect(tablesIn(whole.all).map(({ table }) => table)).not.toContain('fake');
    expect(whole.all[1]?.rows[0]?.text).toContain('😀');
  });

  it('it may come in any pieces', () => {
    for (const step of [1, 7, 100]) {
      const { all, kept, gtids } = read(bytes, NOTHING[dialect], step);
      expect([step, all, kept, gtids]).toEqual([step, whole.all, whole.kept, whole.gtids]);
    }
  });

  it('a transaction whose end is not there is none, wherever the log is cut off', () => {
    let most = 0;
    for (let length = 0; length < bytes.length; length += STEP) {
      const { all, trouble, torn } = read(bytes.subarray(0, length), NOTHING[dialect]);
      expect([length, trouble, all]).toEqual([length, null, whole.all.slice(0, all.length)]);
      expect(all.length).toBeGreaterThanOrEqual(most);
      expect(all.length).toBeLessThan(whole.all.length);
      if (!torn && length > 4) expect(read(bytes.subarray(0, length - 1), NOTHING[dialect]).torn).toBe(true);
      most = all.length;
    }
    expect(most).toBe(whole.all.length - 1);
  });

  it('a byte that is not what was written is noticed, wherever it stands', () => {
    // the format event, which says whether there are checksums, is not checked itself
    const first = 4 + (bytes[13] ?? 0) + 256 * (bytes[14] ?? 0);
    for (let at = first; at < bytes.length; at += STEP) {
      const other = bytes.slice();
      other[at] = (other[at] ?? 0) ^ 0x41;
      const { trouble, torn, all } = read(other, NOTHING[dialect]);
      expect([at, trouble !== null || torn]).toEqual([at, true]);
      expect(all).toEqual(whole.all.slice(0, all.length));
    }
  });
});

it('what is no log, and what is encrypted, is said to be so', () => {
  expect(read(Uint8Array.from([1, 2, 3, 4, 5]), NOTHING.mysql).trouble).toBe('not-a-log');
  expect(read(Uint8Array.from([0xfd, 0x62, 0x69, 0x6e, 0]), NOTHING.mysql).trouble).toBe('encrypted');
});

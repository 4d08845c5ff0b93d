import { expect, test } from 'vitest';
import type { Row } from '../kinds/kind';
import { type DriftSide, driftOf } from './drift';
import { server } from './replication.test-kit';

const side = (
  node: string,
  parity: Record<string, string> | null,
  tables: Record<string, Row[]> = {},
  cut = false,
): DriftSide => ({
  server: server(node, { parity }),
  tables: Object.fromEntries(Object.entries(tables).map(([name, rows]) => [name, { rows, cut }])),
});
const of = (subject: string, a: DriftSide, b: DriftSide) =>
  driftOf(a, b).find((section) => section.subject === subject);

test('variables: what differs, what one alone has, and how many are alike', () => {
  const a = side('a', { sql_mode: 'STRICT', time_zone: 'SYSTEM', gtid_mode: 'ON' });
  const b = side('b', { sql_mode: '', time_zone: 'SYSTEM', tx_isolation: 'REPEATABLE-READ' });
  expect(of('variables', a, b)).toEqual({
    subject: 'variables',
    unread: [],
    cut: [],
    differences: [
      { name: 'gtid_mode', a: 'ON', b: null },
      { name: 'sql_mode', a: 'STRICT', b: '' },
      { name: 'tx_isolation', a: null, b: 'REPEATABLE-READ' },
    ],
    alike: 1,
  });
});

test('what was not read is neither alike nor different', () => {
  expect(of('variables', side('a', null), side('b', { sql_mode: '' }))).toMatchObject({
    unread: ['a'],
    differences: [],
    alike: 0,
  });
  expect(of('events', side('a', {}), side('b', {}))).toMatchObject({ unread: ['a', 'b'] });
});

const account = (User: string, more: Row = {}): Row => ({
  User,
  Host: '%',
  plugin: 'caching_sha2_password',
  ...more,
});
test('accounts by name and place; a lock or another plugin is a difference', () => {
  const a = side('a', {}, { accounts: [account('app'), account('repl'), account('old')] });
  const b = side(
    'b',
    {},
    {
      accounts: [
        account('app', { plugin: 'mysql_native_password' }),
        account('repl'),
        account('old', { account_locked: 'Y' }),
      ],
    },
  );
  expect(of('accounts', a, b)).toMatchObject({
    alike: 1,
    differences: [
      { name: 'app@%', a: 'caching_sha2_password', b: 'mysql_native_password' },
      { name: 'old@%', a: 'caching_sha2_password', b: 'caching_sha2_password, ACCOUNT LOCK' },
    ],
  });
});

test('events by status and definer, schemas by name alone', () => {
  const event = (status: string): Row => ({ db: 'app', name: 'purge', status, definer: 'app@%' });
  const a = side('a', {}, { events: [event('ENABLED')], schemas: [{ db: 'app', bytes: '900' }] });
  const b = side(
    'b',
    {},
    {
      events: [event('SLAVESIDE_DISABLED')],
      schemas: [
        { db: 'app', bytes: '901' },
        { db: 'extra', bytes: '1' },
      ],
    },
  );
  expect(of('events', a, b)?.differences).toEqual([
    { name: 'app.purge', a: 'ENABLED, app@%', b: 'SLAVESIDE_DISABLED, app@%' },
  ]);
  expect(of('schemas', a, b)).toMatchObject({ alike: 1, differences: [{ name: 'extra', a: null, b: '' }] });
});

test('what is missing in a list that was cut may only be out of sight', () => {
  const a = side('a', {}, { accounts: [account('app')] }, true);
  const b = side('b', {}, { accounts: [account('app'), account('zoe')] });
  expect(of('accounts', a, b)).toMatchObject({ cut: ['a'], differences: [], alike: 1 });
});

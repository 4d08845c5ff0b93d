import { expect, test } from 'vitest';
import type { Service } from '../estate/schema';
import type { HostReading } from '../snapshot';
import { answer, answered, failure, healthyDb, NOW, PERIOD_MS, unreachable } from '../testing/patronus';
import { healthOf } from './health';

const sql: Service = { id: 'sql', kind: 'mysql', role: 'database', hosts: ['db'] };
const refused = failure('E_TCP_REFUSED', 'tcp');
const withError = (code: string) =>
  answered(healthyDb({ services: { sql: { facts: {}, error: failure(code, 'query') } } }));
const halted = (entries: string[]) =>
  answer({ process: 'mysqld', port: 3306, facts: { 'host.halted': entries } });

const CASES: [string, HostReading | undefined, string, string | undefined][] = [
  ['a host nobody asked about', undefined, 'unknown', 'unasked'],
  ['an unasked host', { state: 'unasked' }, 'unknown', 'unasked'],
  ['an unreachable host', unreachable(refused), 'unknown', 'unreachable'],
  ['a host with another key', unreachable(failure('E_HOSTKEY_CHANGED', 'hostkey')), 'unknown', 'untrusted'],
  ['a host that refuses the account', unreachable(failure('E_AUTH_REFUSED', 'auth')), 'unknown', 'refused'],
  ['an unreachable host that was fine', unreachable(refused, healthyDb()), 'unknown', 'unreachable'],
  ['a stale answer', answered(healthyDb({ at: NOW - 60_000 })), 'unknown', 'stale'],
  ['a late look', answered(healthyDb({ at: NOW - 15_000 })), 'up', undefined],
  ['process and port', answered(healthyDb()), 'up', undefined],
  ['a MariaDB process', answered(healthyDb({ processes: { mariadbd: 1 } })), 'up', undefined],
  ['no process, no port', answered(healthyDb({ processes: {}, listeners: [] })), 'down', 'notRunning'],
  ['no port', answered(healthyDb({ listeners: [] })), 'down', 'notListening'],
  [
    'an answer in which nothing could be read',
    answered(healthyDb({ facts: {}, processes: {}, listeners: [] })),
    'unknown',
    'unobservable',
  ],
  [
    'no port, and SQL is refused',
    answered(
      healthyDb({
        listeners: [],
        services: { sql: { facts: {}, error: failure('E_SQL_REFUSED', 'forward') } },
      }),
    ),
    'down',
    'notListening',
  ],
  ['a foreign port', answered(healthyDb({ processes: {} })), 'unknown', 'portWithoutProcess'],
  [
    'loopback only',
    answered(healthyDb({ listeners: [{ address: '127.0.0.1', port: 3306 }] })),
    'degraded',
    'loopbackOnly',
  ],
  ['a stopped process', answered(halted(['1 mysqld'])), 'degraded', 'frozen'],
  ['a stopped neighbour', answered(halted(['1 cleanupd'])), 'up', undefined],
  ['an SQL error', withError('E_SQL_AUTH'), 'degraded', 'error'],
  ['an SQL timeout', withError('E_SQL_TIMEOUT'), 'degraded', 'error'],
  ['a password to be asked', withError('E_NEEDS_ANSWER'), 'up', undefined],
  ['a secret file with wide rights', withError('E_SECRET_MODE'), 'up', undefined],
  ['no SQL account', withError('E_SQL_NO_ACCOUNT'), 'up', undefined],
];

test.each(CASES)('%s: %3$s', (_name, reading, health, code) => {
  const found = healthOf({ service: sql, host: 'db', reading, takenAt: NOW, periodMs: PERIOD_MS });
  expect([found.health, found.reason?.code]).toEqual([health, code]);
});

test('where other accounts’ processes are hidden, an open port is enough and a closed one is down', () => {
  const hidden = (listeners: { address: string; port: number }[]) =>
    answered(
      answer(
        { process: 'sh', port: 22, facts: { 'host.processes.complete': false } },
        { processes: { sh: 1 }, listeners },
      ),
    );
  const of = (reading: HostReading) =>
    healthOf({ service: sql, host: 'db', reading, takenAt: NOW, periodMs: PERIOD_MS }).health;
  expect(of(hidden([{ address: '::', port: 3306 }]))).toBe('up');
  expect(of(hidden([{ address: '::', port: 22 }]))).toBe('down');
  expect(of(hidden([]))).toBe('unknown');
});

test('a kind nobody knows is judged by its port, and without a port not at all', () => {
  const of = (service: Service) =>
    healthOf({ service, host: 'db', reading: answered(healthyDb()), takenAt: NOW, periodMs: PERIOD_MS });
  const odd = { id: 'odd', kind: 'odd', role: 'odd', hosts: ['db'] };
  expect(of({ ...odd, port: 3306 }).health).toBe('up');
  expect(of({ ...odd, port: 9999 }).health).toBe('down');
  expect(of(odd).reason?.code).toBe('unobservable');
});

test('a service that is placed nowhere is unknown', () => {
  const input = { service: sql, host: null, reading: undefined, takenAt: NOW, periodMs: PERIOD_MS };
  expect(healthOf(input)).toMatchObject({ health: 'unknown', reason: { code: 'unplaced' } });
});

test('the reason carries what was counted and the error behind it', () => {
  const frozen = healthOf({
    service: sql,
    host: 'db',
    reading: answered(halted(['2 mysqld'])),
    takenAt: NOW,
    periodMs: PERIOD_MS,
  });
  expect(frozen.reason?.params).toMatchObject({
    host: 'db',
    running: '3',
    halted: '2',
    process: 'mysqld',
  });
  const error = healthOf({
    service: sql,
    host: 'db',
    reading: withError('E_SQL_AUTH'),
    takenAt: NOW,
    periodMs: PERIOD_MS,
  });
  expect(error.reason).toMatchObject({
    error: { code: 'E_SQL_AUTH' },
    params: { message: 'message of E_SQL_AUTH' },
  });
});

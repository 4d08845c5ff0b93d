import { expect, test } from 'vitest';
import { MYSQL_5_7 } from '../testing/replication/constructed';
import { MARIADB_10_11, MYSQL_9_7 } from '../testing/replication/pairs';
import { type Asked, askedOf, readAs } from '../testing/replication/recorded';

const restart = (
  lines: Record<string, string>[] | null,
  persisted: Record<string, string>[] | null,
  server = MYSQL_9_7.replica,
) => {
  const asked = askedOf(server).filter(({ probe }) => probe.id !== 'mysql.persisted');
  const [first] = asked;
  if (first?.probe.via !== 'sql') throw new Error('no statement');
  const table = (name: string, rows: Record<string, string>[] | null): Asked[] =>
    rows === null
      ? []
      : [
          {
            probe: {
              ...first.probe,
              id: name,
              parse: () => ({ facts: {}, tables: { [name]: rows } }),
            } as typeof first.probe,
            rows,
          },
        ];
  return readAs([...asked, ...table('config', lines), ...table('persisted', persisted)]).restart;
};
const line = (value: string, file = '/etc/mysql/my.cnf') => ({ file, key: 'read_only', value });
const kept = (value: string) => ({ name: 'super_read_only', value });

test.each<[string, Parameters<typeof restart>, boolean | null, string | null]>([
  ['nothing keeps it', [[], []], false, null],
  ['a file keeps it', [[line('1')], []], true, '/etc/mysql/my.cnf'],
  ['the last line wins', [[line('1'), line('OFF', '/etc/mysql/z.cnf')], []], false, '/etc/mysql/z.cnf'],
  ['in words', [[line('TRUE')], []], true, '/etc/mysql/my.cnf'],
  ['a value that is no boolean', [[line('maybe')], []], null, '/etc/mysql/my.cnf'],
  ['SET PERSIST keeps it', [[], [kept('ON')]], true, 'SET PERSIST'],
  ['the files were not read', [null, [kept('ON')]], null, null],
  ['what is persisted is hidden', [[], null], null, null],
  ['5.7 persists nothing', [[line('1')], null, MYSQL_5_7.replica], true, '/etc/mysql/my.cnf'],
  ['MariaDB persists nothing', [[], null, MARIADB_10_11.replica], false, null],
])('read_only after a restart: %s', (_name, given, readOnly, where) => {
  expect(restart(...given)).toMatchObject({ readOnly, where });
});

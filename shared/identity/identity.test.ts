import { describe, expect, it } from 'vitest';
import { compareIdentity, type Identity, type SqlIdentity } from './identity';

const sql: SqlIdentity = {
  hostname: 'db1',
  port: '3306',
  serverId: '101',
  serverUuid: '916f45d7-e5a5-11f1-8538-666a7e163d75',
  datadir: '/var/lib/mysql/',
};
const db1: Identity = {
  host: 'db1',
  hostKey: 'ssh-ed25519 SHA256:aaaa',
  name: 'db1',
  machine: 'a1b2',
  sql,
};
const withSql = (changed: Partial<SqlIdentity>): Identity => ({ ...db1, sql: { ...sql, ...changed } });

describe('compareIdentity', () => {
  it.each<[string, Identity, Identity]>([
    ['itself', db1, { ...db1 }],
    ['a host without a database', { ...db1, sql: null }, { ...db1, sql: null }],
    ['MariaDB without any uuid', withSql({ serverUuid: null }), withSql({ serverUuid: null })],
    ['a uuid that the plan did not know', withSql({ serverUuid: null }), db1],
    ['a machine without machine-id', { ...db1, machine: null }, { ...db1, machine: null }],
  ])('%s is the same', (_, expected, found) => {
    expect(compareIdentity(expected, found)).toEqual({ kind: 'same' });
  });

  it.each<[string, Identity, string[]]>([
    ['another host key', { ...db1, hostKey: 'ssh-ed25519 SHA256:bbbb' }, ['host key']],
    ['a clone with another machine-id', { ...db1, machine: 'ffff' }, ['machine-id']],
    ['another host name', { ...db1, name: 'db2' }, ['host name']],
    ['another id in the estate', { ...db1, host: 'db2' }, ['host']],
    ['a server that was built anew', withSql({ serverUuid: 'x' }), ['@@server_uuid']],
    ['another server_id', withSql({ serverId: '102' }), ['@@server_id']],
    ['another server on the same machine', withSql({ port: '3307' }), ['@@port']],
    ['another data folder', withSql({ datadir: '/srv/mysql/' }), ['@@datadir']],
    ['a server elsewhere', withSql({ hostname: 'db2', serverId: '2' }), ['@@server_id', '@@hostname']],
    ['a difference beside an unknown', withSql({ port: null, serverId: '2' }), ['@@server_id']],
  ])('%s is another', (_, found, names) => {
    const verdict = compareIdentity(db1, found);
    expect(verdict).toMatchObject({ kind: 'other' });
    if (verdict.kind === 'other') expect(verdict.differences.map(({ what }) => what)).toEqual(names);
  });

  it('names both sides of a difference', () => {
    expect(compareIdentity(db1, withSql({ serverId: '102' }))).toEqual({
      kind: 'other',
      differences: [{ what: '@@server_id', expected: '101', found: '102' }],
    });
  });

  it.each<[string, Identity, Identity, string[]]>([
    ['a machine-id that cannot be read now', db1, { ...db1, machine: null }, ['machine-id']],
    ['a uuid that is no longer told', db1, withSql({ serverUuid: null }), ['@@server_uuid']],
    ['an empty port on both sides', withSql({ port: '' }), withSql({ port: '' }), ['@@port']],
    ['a plan that did not know the data folder', withSql({ datadir: null }), db1, ['@@datadir']],
    ['an empty host key', { ...db1, hostKey: '' }, { ...db1, hostKey: '' }, ['host key']],
    [
      'a database that was not asked now',
      db1,
      { ...db1, sql: null },
      ['@@server_uuid', '@@server_id', '@@hostname', '@@port', '@@datadir'],
    ],
  ])('%s cannot be confirmed', (_, expected, found, unknown) => {
    expect(compareIdentity(expected, found)).toEqual({ kind: 'unconfirmed', unknown });
  });
});

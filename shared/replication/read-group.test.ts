import { describe, expect, test } from 'vitest';
import { MARIADB_10_11, MYSQL_9_7 } from '../testing/replication/pairs';
import { askedOf, type RecordedServer, read, readAs } from '../testing/replication/recorded';
import { takesPartIn, writableOf } from './group';

/** A server of MariaDB 10.11 that also says this of its cluster. */
const galera = (status: Readonly<Record<string, string>>, more: Readonly<Record<string, string>> = {}) => {
  const { variables, status: own, rows } = MARIADB_10_11.source;
  return read({
    variables: { ...variables, wsrep_on: 'ON', read_only: 'OFF', ...more },
    status: { ...withoutCluster(own), ...status },
    rows,
  } satisfies RecordedServer);
};

const withoutCluster = (status: RecordedServer['status']) =>
  Object.fromEntries(Object.entries(status).filter(([name]) => !name.startsWith('wsrep_')));

/** Recorded on the lab's Galera 26.4 with MariaDB 10.11.19: three members that are well. */
const WELL = {
  wsrep_cluster_size: '3',
  wsrep_cluster_status: 'Primary',
  wsrep_incoming_addresses: '10.0.20.11:0,10.0.20.12:0,10.0.20.13:0',
  wsrep_local_state_comment: 'Synced',
  wsrep_ready: 'ON',
};
/** Recorded there as well: one of two after the other was cut off. */
const ALONE = {
  wsrep_cluster_size: '1',
  wsrep_cluster_status: 'non-Primary',
  wsrep_incoming_addresses: '10.0.20.11:0',
  wsrep_local_state_comment: 'Initialized',
  wsrep_ready: 'OFF',
};

describe('Galera', () => {
  test('a member in step: every member it names, and port 0 is no port', () => {
    const server = galera(WELL);
    const named = ['10.0.20.11', '10.0.20.12', '10.0.20.13'].map((host) => ({
      host,
      port: null,
      state: null,
      role: null,
    }));
    expect(server.group).toEqual({
      technology: 'galera',
      state: 'Synced',
      primary: true,
      size: 3,
      members: named,
    });
    expect(writableOf(server)).toBe(true);
  });
  test('one that has lost the majority takes no writes, whatever read_only says', () => {
    const server = galera(ALONE);
    expect(server).toMatchObject({
      readOnly: false,
      group: { primary: false, state: 'Initialized', size: 1 },
    });
    expect(writableOf(server)).toBe(false);
  });
  test('what it does not tell is unknown, never well', () => {
    const server = galera({ ...WELL, wsrep_cluster_status: '' });
    expect(server.group && takesPartIn(server.group)).toBeNull();
    const silent = galera({});
    expect(silent.group).toEqual({
      technology: 'galera',
      state: null,
      primary: null,
      size: null,
      members: null,
    });
    expect(writableOf(silent)).toBeNull();
  });
  test('the plugin without the cluster is no group: every MariaDB of Debian has it', () => {
    expect(galera(WELL, { wsrep_on: 'OFF' }).group).toBeNull();
  });
});

describe('Group Replication', () => {
  const uuid = read(MYSQL_9_7.source).identity.uuid ?? '';
  const member = (of: Readonly<Record<string, string>>) => {
    const asked = askedOf(MYSQL_9_7.source);
    const row = { MEMBER_ID: uuid, MEMBER_HOST: 'db-a', MEMBER_PORT: '3306', MEMBER_ROLE: 'PRIMARY', ...of };
    return readAs(asked.map((one) => (one.probe.id === 'mysql.group' ? { ...one, rows: [row] } : one)));
  };
  test('takes part while it is ONLINE, and in no other state', () => {
    expect(writableOf(member({ MEMBER_STATE: 'ONLINE' }))).toBe(true);
    for (const state of ['RECOVERING', 'ERROR', 'UNREACHABLE'])
      expect(writableOf(member({ MEMBER_STATE: state }))).toBe(false);
    expect(member({ MEMBER_STATE: 'OFFLINE' }).group).toBeNull();
  });
});

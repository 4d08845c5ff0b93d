import type { ClusterActing } from '../estate/schema-access';
import { event, type Told } from './switchover.test-kit';

/** Plans in which every kind of step has its place. */

export const HAPROXY: NonNullable<ClusterActing['traffic']>[number] = {
  kind: 'haproxy',
  id: 'writers',
  host: 'lb',
  socket: '/run/haproxy/admin.sock',
  backend: 'be_rw',
  servers: { 'db-a': 'a', 'db-b': 'b', 'db-c': 'c' },
};

/** MySQL with everything: events, TLS, semi-sync, a balancer, db-c moving. */
export const FULL_MYSQL: Told = {
  dialect: 'mysql',
  acting: { traffic: [HAPROXY] },
  members: {
    'db-a': {
      events: [event('purge'), event('off', { status: 'DISABLED' })],
      semiSync: { source: true, replica: false, needed: 1, clients: 2 },
      openTransactions: 3,
    },
    'db-b': {
      events: [
        event('off', { status: 'REPLICA_SIDE_DISABLED' }),
        event('purge', { status: 'REPLICA_SIDE_DISABLED' }),
      ],
      semiSync: { source: false, replica: true, needed: 1, clients: 0 },
      persisted: { super_read_only: 'OFF' },
    },
    'db-c': { semiSync: { source: false, replica: true, needed: 1, clients: 0 } },
  },
};

/** MariaDB with privileged accounts, events, and db-c already behind db-b. */
export const FULL_MARIADB: Told = {
  dialect: 'mariadb',
  follows: { 'db-b': 'db-a', 'db-c': 'db-b' },
  members: {
    'db-a': {
      events: [event('purge')],
      privileged: [
        { user: "o'brien", host: '10.%', locked: false, because: 'READ ONLY ADMIN' },
        { user: 'retired', host: '%', locked: true, because: 'SUPER' },
      ],
      tableLocks: null,
    },
    'db-b': {
      events: [event('purge', { status: 'SLAVESIDE_DISABLED' })],
      configuration: {
        sets: [{ file: '/etc/mysql/my.cnf', line: 'read_only' }],
        ours: '/etc/mysql/mariadb.conf.d/zz-patronus.cnf',
        oursText: null,
        included: true,
      },
    },
    'db-c': {
      configuration: {
        sets: [{ file: '/etc/mysql/mariadb.conf.d/zz-patronus.cnf', line: 'read_only=0' }],
        ours: '/etc/mysql/mariadb.conf.d/zz-patronus.cnf',
        oursText: '[mysqld]\nread_only=0\n',
        included: true,
      },
    },
  },
};

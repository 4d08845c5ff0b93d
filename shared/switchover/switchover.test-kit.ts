import { Estate } from '../estate/schema';
import type { ClusterActing } from '../estate/schema-access';
import type { Identity } from '../identity/identity';
import { clusterOf, following, member } from '../replication/cluster.test-kit';
import type { ReplicationCluster, ServerReading } from '../replication/model';
import { dump } from '../replication/replication.test-kit';
import { grantsFor } from './grants';
import type { SwitchoverInput } from './plan-switchover';
import type { ChannelConfiguration, EventReading, MemberReading, SwitchoverReadings } from './readings';

/** A switchover as it is planned every day: db-a stops, db-b starts, db-c follows. What a test says overrides it. */

export const NOW = 1_700_000_000_000;
const NODES = ['db-a', 'db-b', 'db-c'] as const;
type Node = (typeof NODES)[number];
const VERSION = { mysql: [9, 7, 4], mariadb: [10, 11, 19] } as const;
export type Dialect = keyof typeof VERSION;

const UUID = '3e11fa47-71ca-11e1-9e33-c80aa9429562';
const uuidOf = (n: number) => `${UUID.slice(0, -1)}${n}`;
const addressOf = (n: number) => `10.0.20.${10 + n}`;

export const identityOf = (host: string, sql: Identity['sql'] = null): Identity => ({
  host,
  hostKey: 'ssh-ed25519 SHA256:abc',
  name: host,
  machine: 'm',
  sql,
});

const POSITION = {
  mysql: { position: `${uuidOf(1)}:1-1000`, binlogState: null },
  mariadb: { position: '0-1-1000', binlogState: '0-1-1000' },
};

export const channelTo = (n: number, given: Partial<ChannelConfiguration> = {}): ChannelConfiguration => ({
  name: '',
  sourceHost: addressOf(n),
  sourcePort: 3306,
  user: 'repl',
  autoPosition: true,
  usingGtid: 'Slave_Pos',
  delaySeconds: 0,
  connectRetry: 60,
  retryCount: '10',
  heartbeatSeconds: '1.000',
  tls: {
    on: true,
    verify: false,
    ca: '/etc/ssl/db ca.pem',
    caPath: '',
    cert: '',
    key: '',
    cipher: '',
    crl: '',
    version: '',
    getPublicKey: false,
    publicKeyPath: '',
  },
  receiverOn: true,
  applierOn: true,
  ...given,
});

export const event = (name: string, given: Partial<EventReading> = {}): EventReading => ({
  schema: 'app',
  name,
  definer: 'jobs@10.%',
  status: 'ENABLED',
  sqlMode: 'ANSI_QUOTES',
  timeZone: '+02:00',
  characterSetClient: 'latin1',
  collationConnection: 'latin1_swedish_ci',
  ...given,
});

export function reading(
  node: string,
  n: number,
  dialect: Dialect,
  given: Partial<MemberReading> = {},
): MemberReading {
  const isPrimary = n === 1;
  const version = VERSION[dialect];
  const account = "'patronus_act'@'127.0.0.1'";
  return {
    node,
    host: node,
    service: node,
    address: addressOf(n),
    port: 3306,
    dialect,
    version,
    identity: identityOf(node, {
      hostname: node,
      port: '3306',
      serverId: `${n}`,
      serverUuid: dialect === 'mysql' ? uuidOf(n) : null,
      datadir: '/var/lib/mysql/',
    }),
    actingAccount: account,
    actingUser: 'patronus_act',
    readUser: 'patronus_watch',
    grants: grantsFor({ dialect, version }, account),
    sudoRefuses: [],
    readOnly: !isPrimary,
    superReadOnly: dialect === 'mysql' ? !isPrimary : null,
    persisted: dialect === 'mysql' ? {} : null,
    configuration:
      dialect === 'mysql'
        ? null
        : {
            sets: [{ file: '/etc/mysql/my.cnf', line: 'read-only=OFF' }],
            ours: '/etc/mysql/mariadb.conf.d/zz-patronus.cnf',
            oursText: null,
            included: true,
          },
    channels: isPrimary ? [] : [channelTo(1)],
    events: [],
    eventScheduler: true,
    privileged: [],
    semiSync: null,
    longTransactions: [],
    openTransactions: 0,
    tableLocks: [],
    prepared: [],
    ...POSITION[dialect],
    errors: [],
    ...given,
  };
}

export interface Told {
  dialect?: Dialect;
  /** By node. */
  members?: Readonly<Record<string, Partial<MemberReading>>>;
  servers?: Readonly<Record<string, Partial<ServerReading>>>;
  /** Whom each follows; default: db-a. */
  follows?: Readonly<Record<string, Node>>;
  acting?: ClusterActing;
  readings?: Partial<SwitchoverReadings>;
  cluster?: Partial<ReplicationCluster>;
  replicationAccount?: boolean;
  overrides?: SwitchoverInput['overrides'];
}

/** Everything that the planner is given, healthy but for what is told. */
export function inputOf(told: Told = {}): SwitchoverInput {
  const { dialect = 'mysql', follows = { 'db-b': 'db-a', 'db-c': 'db-a' } } = told;
  const numberOf = (node: string) => NODES.indexOf(node as Node) + 1;
  const members = Object.fromEntries(
    NODES.map((node) => {
      const source = follows[node];
      const channels = source ? { channels: [channelTo(numberOf(source))] } : {};
      return [node, reading(node, numberOf(node), dialect, { ...channels, ...told.members?.[node] })];
    }),
  );
  const servers = NODES.map((node) => serverOf(node, dialect, follows, told.servers?.[node]));
  const verdicts = [{ node: 'db-a', verdict: 'alive' as const, terms: [] }];
  return {
    estate: estateOf(dialect, told.acting, told.replicationAccount ?? true),
    cluster: { ...clusterOf(servers, { verdicts }), id: 'data', ...told.cluster },
    readings: {
      takenAt: NOW,
      cluster: 'data',
      from: 'db-a',
      to: 'db-b',
      others: ['db-c'],
      members,
      hosts: { lb: { host: 'lb', identity: identityOf('lb'), sudoRefuses: [], errors: [] } },
      replicationLogins: ['db-a', 'db-c'].map((from) => ({
        from,
        to: 'db-b',
        address: addressOf(2),
        port: 3306,
        error: null,
      })),
      backup: {
        state: 'read',
        host: 'db-c',
        mark: '/var/backups/ok',
        verifiedAt: NOW - 3_600_000,
        limitHours: 24,
      },
      ...told.readings,
    },
    overrides: told.overrides ?? [],
    madeAt: NOW,
  };
}

function serverOf(
  node: Node,
  dialect: Dialect,
  follows: Readonly<Record<string, Node>>,
  given: Partial<ServerReading> = {},
): ServerReading {
  const n = NODES.indexOf(node) + 1;
  const source = follows[node];
  const mariadb: Partial<ServerReading> =
    dialect === 'mysql'
      ? {}
      : {
          dialect: 'mariadb',
          version: [...VERSION.mariadb],
          identity: { uuid: null, serverId: `${n}`, hostname: node, port: 3306 } as ServerReading['identity'],
          superReadOnly: null,
        };
  const gtid: Partial<ServerReading['gtid']> =
    dialect === 'mysql'
      ? { executed: POSITION.mysql.position, purged: '' }
      : {
          executed: '0-1-1000',
          state: '0-1-1000',
          slavePos: n === 1 ? '' : '0-1-1000',
          strict: true,
          mode: null,
        };
  const sourceNumber = source ? NODES.indexOf(source) + 1 : 0;
  return member(node, n, {
    ...mariadb,
    address: addressOf(n),
    version: [...VERSION[dialect]],
    overlooks: [],
    gtid: gtid,
    channels: source
      ? [
          following(sourceNumber, {
            received: POSITION[dialect].position,
            positioning: dialect === 'mysql' ? 'auto' : 'slave-pos',
            source: {
              host: addressOf(sourceNumber),
              uuid: dialect === 'mysql' ? uuidOf(sourceNumber) : null,
              serverId: `${sourceNumber}`,
            },
          }),
        ]
      : [],
    dumps: NODES.filter((one) => follows[one] === node).map((one) =>
      dump({ host: addressOf(NODES.indexOf(one) + 1), serverId: `${NODES.indexOf(one) + 1}` }),
    ),
    ...given,
  });
}

/** Parsed as a person's file is, so that defaults are those of the schema. */
function estateOf(dialect: Dialect, acting: ClusterActing | undefined, replication: boolean): Estate {
  const account = { user: 'x', secret: 'prompt' };
  return Estate.parse({
    version: 1,
    estate: 'test',
    title: 'Test',
    sites: [{ id: 'here', title: 'Here' }],
    hosts: [...NODES, 'lb', 'web-1', 'web-2'].map((id) => ({ id, site: 'here', address: '10.0.20.1' })),
    services: NODES.map((id) => ({
      id,
      kind: dialect,
      role: 'database',
      hosts: [id],
      sql: {
        credentials: {
          read: account,
          act: account,
          ...(replication ? { replication: { user: 'repl', secret: 'prompt' } } : {}),
        },
      },
    })),
    clusters: [
      {
        id: 'data',
        technology: 'mysql-async',
        members: NODES.map((service) => ({ service, role: service === 'db-a' ? 'primary' : 'replica' })),
        ...(acting ? { acting } : {}),
      },
    ],
  });
}

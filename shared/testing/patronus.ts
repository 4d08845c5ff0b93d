import type { AppError } from '../errors';
import { Estate } from '../estate/schema';
import type {
  ConfiguredLink,
  Fact,
  FactValue,
  HostAnswer,
  HostReading,
  ObservedEdge,
  Snapshot,
} from '../snapshot';

/** A small Patronus and healthy readings of it, for tests: each test changes the one thing it is about. */

export const NOW = 1_800_000_000_000;
export const PERIOD_MS = 4_000;

export function patronus(changes: Partial<Record<keyof Estate, unknown>> = {}): Estate {
  return Estate.parse({
    version: 1,
    estate: 'patronus',
    title: 'Patronus',
    sites: [{ id: 'datacenter', title: 'Datacenter' }],
    hosts: [
      { id: 'web', site: 'datacenter', address: '10.0.10.1' },
      { id: 'db', site: 'datacenter', address: '10.0.20.2' },
      { id: 'files', site: 'datacenter', address: '10.0.20.1' },
    ],
    services: [
      { id: 'app', kind: 'apache', role: 'web', hosts: ['web'] },
      { id: 'sql', kind: 'mysql', role: 'database', hosts: ['db'] },
      { id: 'share', kind: 'samba', role: 'files', hosts: ['files'] },
    ],
    actors: [{ id: 'users', title: 'Users' }],
    links: [
      { id: 'users-app', from: 'users', to: 'app', protocol: 'http', port: 80, purpose: 'request' },
      { id: 'app-sql', from: 'app', to: 'sql', protocol: 'mysql', port: 3306, purpose: 'read-write' },
      { id: 'app-share', from: 'app', to: 'share', protocol: 'cifs', port: 445, purpose: 'read-write' },
    ],
    workflows: [
      {
        id: 'request',
        title: 'Request',
        steps: [
          { n: 1, title: 'Ask', from: 'users', to: 'app', link: 'users-app' },
          { n: 2, title: 'Work', from: 'app', to: 'app' },
          { n: 3, title: 'SQL', from: 'app', to: 'sql', link: 'app-sql', conditional: true },
          { n: 4, title: 'Files', from: 'app', to: 'share', link: 'app-share', conditional: true },
          { n: 5, title: 'Answer', from: 'app', to: 'users', link: 'users-app' },
        ],
      },
    ],
    dataSets: [{ id: 'rows', title: 'Rows', service: 'sql', store: 'database', size: 'unknown' }],
    ...changes,
  });
}

export const fact = (value: FactValue, evidence: string, at = NOW): Fact => ({ value, at, evidence });

export const edge = (
  direction: ObservedEdge['direction'],
  peer: string,
  port: number,
  more: Partial<ObservedEdge> = {},
): ObservedEdge => ({
  direction,
  peer,
  port,
  count: 1,
  firstSeen: NOW - 60_000,
  lastSeen: NOW,
  samples: 2,
  of: 2,
  ...more,
});

interface Host {
  process: string;
  port: number;
  edges?: ObservedEdge[];
  facts?: Record<string, FactValue>;
  configured?: ConfiguredLink[];
  services?: HostAnswer['services'];
}

export function answer(host: Host, more: Partial<HostAnswer> = {}): HostAnswer {
  const polled = {
    'host.processes.complete': true,
    'host.halted': [],
    'host.clock': NOW,
    'host.mounts': [],
    ...host.facts,
  };
  return {
    at: NOW,
    durationMs: 50,
    facts: {
      ...Object.fromEntries(Object.entries(polled).map(([id, value]) => [id, fact(value, 'host.poll')])),
      'host.sockets.sampled': fact(true, 'host.sockets'),
    },
    listeners: [
      { address: '0.0.0.0', port: 22 },
      { address: '::', port: host.port },
    ],
    processes: { sshd: 1, [host.process]: 3 },
    edges: host.edges ?? [],
    configured: host.configured ?? [],
    services: host.services ?? {},
    errors: [],
    evidence: [],
    hostKey: { fingerprint: 'SHA256:x', type: 'ssh-ed25519', by: 'estate' },
    ...more,
  };
}

const table = (probe: string, rows: Record<string, string>[]) => ({
  at: NOW,
  evidence: `sql/${probe}`,
  rows,
  cut: false,
});

export const SQL_FACTS: HostAnswer['services'] = {
  sql: {
    facts: {
      'mysql.product': fact('MySQL', 'sql/mysql.variables'),
      'mysql.version': fact('9.7.4', 'sql/mysql.variables'),
      'mysql.writable': fact(true, 'sql/mysql.variables'),
      'mysql.serverId': fact('100202', 'sql/mysql.variables'),
      'mysql.uuid': fact('916f45d7-e5a5-11f1-8538-666a7e163d75', 'sql/mysql.variables'),
      'mysql.logBin': fact(true, 'sql/mysql.variables'),
      'mysql.gtid': fact('916f45d7-e5a5-11f1-8538-666a7e163d75:1-181', 'sql/mysql.gtid'),
      'mysql.dialect': fact('mysql', 'sql/mysql.variables'),
      'mysql.sources': fact([], 'sql/mysql.channels'),
      'mysql.replicas': fact([], 'sql/mysql.dumps'),
    },
    tables: {
      variables: table('mysql.variables', [
        { Variable_name: 'server_id', Value: '100202' },
        { Variable_name: 'server_uuid', Value: '916f45d7-e5a5-11f1-8538-666a7e163d75' },
        { Variable_name: 'read_only', Value: 'OFF' },
      ]),
      gtid: table('mysql.gtid', [{ gtid: '916f45d7-e5a5-11f1-8538-666a7e163d75:1-181', purged: '' }]),
      channels: table('mysql.channels', []),
      dumps: table('mysql.dumps', []),
    },
  },
};

export const MOUNT: ConfiguredLink = {
  origin: 'mount',
  address: '10.0.20.1',
  port: 445,
  protocol: 'cifs',
  detail: '//10.0.20.1/patronus on /var/www/share type fuse.rclone',
  evidence: 'host.disks',
};

/** The three answers of a healthy Patronus under light traffic. */
export const healthyWeb = (more: Partial<HostAnswer> = {}) =>
  answer(
    {
      process: 'apache2',
      port: 80,
      edges: [edge('in', '10.0.9.9', 80), edge('out', '10.0.20.2', 3306), edge('out', '10.0.20.1', 445)],
      configured: [MOUNT],
      services: { app: { facts: {} } },
    },
    more,
  );
export const healthyDb = (more: Partial<HostAnswer> = {}) =>
  answer(
    { process: 'mysqld', port: 3306, edges: [edge('in', '10.0.10.1', 3306)], services: SQL_FACTS },
    more,
  );
export const healthyFiles = (more: Partial<HostAnswer> = {}) =>
  answer(
    { process: 'smbd', port: 445, edges: [edge('in', '10.0.10.1', 445)], services: { share: { facts: {} } } },
    more,
  );

export const answered = (one: HostAnswer): HostReading => ({ state: 'answered', answer: one });

export const failure = (code: string, stage: AppError['stage'], more: Partial<AppError> = {}): AppError => ({
  code,
  stage,
  message: `message of ${code}`,
  retryable: true,
  ...more,
});

export const unreachable = (error: AppError, last: HostAnswer | null = null): HostReading => ({
  state: 'unreachable',
  at: NOW,
  since: NOW - 10_000,
  error,
  last,
});

export const snapshotOf = (hosts: Record<string, HostReading>): Snapshot => ({
  estate: 'patronus',
  takenAt: NOW,
  periodMs: PERIOD_MS,
  hosts: {
    web: answered(healthyWeb()),
    db: answered(healthyDb()),
    files: answered(healthyFiles()),
    ...hosts,
  },
});

import { expect, test } from 'vitest';
import type { FactValue, HostAnswer, HostReading } from '../snapshot';
import {
  answered,
  edge,
  fact,
  failure,
  healthyDb,
  healthyFiles,
  healthyWeb,
  NOW,
  patronus,
  SQL_FACTS,
  snapshotOf,
  unreachable,
} from '../testing/patronus';
import { topologyOf } from '../topology/topology-of';
import { Finding } from '../views/topology';
import { diagnose, explains, RULES } from './diagnose';

const found = (hosts: Record<string, HostReading>, estate = patronus()) =>
  topologyOf(estate, snapshotOf(hosts)).findings;
/** "CODE node node", without what every healthy Patronus has. */
const news = (hosts: Record<string, HostReading>, estate = patronus()) => {
  const usual = new Set(found({}).map((one) => `${one.code} ${one.nodes.join(' ')}`));
  return found(hosts, estate)
    .map((one) => `${one.code} ${one.nodes.join(' ')}`)
    .filter((one) => !usual.has(one));
};
const lost = unreachable(failure('E_TCP_TIMEOUT', 'tcp'));
const hostkey = (code: string) =>
  unreachable(failure(code, 'hostkey', { params: { expected: 'SHA256:a', got: 'SHA256:b' } }));
const dbWith = (facts: Record<string, FactValue>, more: Partial<HostAnswer> = {}) => {
  const base = healthyDb(more);
  const extra = Object.fromEntries(
    Object.entries(facts).map(([id, value]) => [id, fact(value, 'host.poll')]),
  );
  return answered({ ...base, facts: { ...base.facts, ...extra } });
};
const sqlWith = (facts: Record<string, FactValue>) =>
  answered(
    healthyDb({
      services: {
        sql: {
          facts: {
            ...SQL_FACTS.sql?.facts,
            ...Object.fromEntries(Object.entries(facts).map(([id, value]) => [id, fact(value, 'sql/x')])),
          },
        },
      },
    }),
  );
const sqlError = (code: string, more = {}) =>
  answered(healthyDb({ services: { sql: { facts: {}, error: failure(code, 'query', more) } } }));

test('a healthy Patronus: three single points of failure, no replica, and no backup that can be seen', () => {
  expect(found({}).map((one) => [one.severity, one.code, one.nodes])).toEqual([
    ['warning', 'NO_REPLICA', ['sql']],
    ['warning', 'SINGLE_POINT_OF_FAILURE', ['app']],
    ['warning', 'SINGLE_POINT_OF_FAILURE', ['sql']],
    ['warning', 'SINGLE_POINT_OF_FAILURE', ['share']],
    ['info', 'NO_BACKUP_SEEN', ['sql']],
  ]);
});

const webUnanswered = (...entries: string[]) =>
  answered({
    ...healthyWeb(),
    facts: { ...healthyWeb().facts, 'host.sockets.unanswered': fact(entries, 'host.sockets') },
  });

const CASES: [string, Record<string, HostReading>, string[]][] = [
  ['an unreachable host', { db: lost }, ['HOST_UNREACHABLE sql']],
  ['two unreachable hosts', { db: lost, files: lost }, ['HOST_UNREACHABLE sql', 'HOST_UNREACHABLE share']],
  ['this desk cut off', { web: lost, db: lost, files: lost }, ['NOT_ANSWERING_ANY_HOST app sql share']],
  [
    'cut off before every host was asked',
    { web: lost, db: lost, files: { state: 'unasked' } },
    ['NOT_ANSWERING_ANY_HOST app sql'],
  ],
  ['a changed host key', { db: hostkey('E_HOSTKEY_CHANGED') }, ['HOSTKEY_CHANGED sql']],
  ['a revoked host key', { db: hostkey('E_HOSTKEY_REVOKED') }, ['HOSTKEY_CHANGED sql']],
  ['an unknown host key', { db: hostkey('E_HOSTKEY_UNKNOWN') }, ['HOSTKEY_UNKNOWN sql']],
  [
    'a changed key while the rest is gone',
    { web: lost, db: hostkey('E_HOSTKEY_CHANGED'), files: lost },
    ['HOSTKEY_CHANGED sql', 'HOST_UNREACHABLE app', 'HOST_UNREACHABLE share'],
  ],
  ['a refused account', { db: unreachable(failure('E_AUTH_REFUSED', 'auth')) }, ['HOST_REFUSES sql']],
  ['a question', { db: unreachable(failure('E_NEEDS_ANSWER', 'auth')) }, ['ANSWER_NEEDED sql']],
  ['a dead server', { db: answered(healthyDb({ processes: {}, listeners: [] })) }, ['SERVICE_DOWN sql']],
  [
    'a server that does not listen',
    { files: answered(healthyFiles({ listeners: [] })) },
    ['SERVICE_DOWN share'],
  ],
  [
    'a frozen server, silent because of it',
    {
      db: dbWith(
        { 'host.halted': ['3 mysqld'] },
        { services: { sql: { facts: {}, error: failure('E_SQL_TIMEOUT', 'query') } } },
      ),
    },
    ['SERVICE_FROZEN sql'],
  ],
  ['a silent server', { db: sqlError('E_SQL_TIMEOUT') }, ['SERVICE_SILENT sql']],
  ['a server that refuses', { db: sqlError('E_SQL_AUTH') }, ['SERVICE_REFUSES sql']],
  ['a server that fails', { db: sqlError('E_HTTP_STATUS') }, ['SERVICE_FAILING sql']],
  ['a foreign port', { db: answered(healthyDb({ processes: {} })) }, ['PORT_WITHOUT_PROCESS sql']],
  [
    'loopback only',
    { db: answered(healthyDb({ listeners: [{ address: '::1', port: 3306 }] })) },
    ['LOOPBACK_ONLY sql'],
  ],
  [
    'a missing right',
    {
      db: answered(
        healthyDb({
          errors: [
            failure('E_SQL_GRANT', 'query', {
              params: { probe: 'sql/mysql.binlog', privilege: 'REPLICATION CLIENT' },
            }),
          ],
        }),
      ),
    },
    ['ACCESS_MISSING sql'],
  ],
  ['no binary log', { db: sqlWith({ 'mysql.logBin': false }) }, ['BINLOG_OFF sql']],
  [
    'a disk at 90 %',
    { db: dbWith({ 'host.disk.percent': 90, 'host.disk.mount': '/' }) },
    ['DISK_NEARLY_FULL sql'],
  ],
  ['a disk at 89 %', { db: dbWith({ 'host.disk.percent': 89, 'host.disk.mount': '/' }) }, []],
  [
    'inodes at 98 %',
    { db: dbWith({ 'host.inodes.percent': 98, 'host.inodes.mount': '/' }) },
    ['DISK_NEARLY_FULL sql'],
  ],
  ['a clock 3 s ahead', { db: dbWith({ 'host.clock': NOW + 3000 }) }, ['CLOCK_SKEW sql']],
  ['a clock 2 s behind, within what is read', { db: dbWith({ 'host.clock': NOW - 2000 }) }, []],
  ['another address', { db: dbWith({ 'host.addresses': ['10.9.9.9'] }) }, ['DIFFERENT_ADDRESS sql']],
  ['its own address among others', { db: dbWith({ 'host.addresses': ['172.17.0.1', '10.0.20.2'] }) }, []],
  ['updates by hand', { db: dbWith({ 'host.updates.automatic': false }) }, ['UPDATES_BY_HAND sql']],
  ['updates unknown', { db: dbWith({}) }, []],
  ['attempts without an answer', { web: webUnanswered('10.0.20.2 3306 4') }, ['LINK_UNANSWERED app sql']],
  [
    'attempts towards a frozen server',
    { db: dbWith({ 'host.halted': ['3 mysqld'] }), web: webUnanswered('10.0.20.2 3306 4') },
    ['SERVICE_FROZEN sql'],
  ],
  [
    'attempts towards a host that this desk does not see either',
    { db: lost, web: webUnanswered('10.0.20.2 3306 4') },
    ['HOST_UNREACHABLE sql', 'LINK_UNANSWERED app sql'],
  ],
  ['attempts towards somebody else', { web: webUnanswered('10.0.20.1 3306 4', '203.0.113.9 3306 1') }, []],
  ['a missing mount', { web: answered(healthyWeb({ configured: [] })) }, ['MOUNT_MISSING app share']],
  [
    'a link nobody declared',
    { web: answered(healthyWeb({ edges: [...healthyWeb().edges, edge('out', '203.0.113.9', 443)] })) },
    ['UNDECLARED_LINK app'],
  ],
  [
    'a declared link not seen in 20 samples',
    {
      web: answered(healthyWeb({ edges: [edge('in', '10.0.9.9', 80, { of: 20 })] })),
      db: answered(healthyDb({ edges: [] })),
    },
    ['DECLARED_NOT_SEEN app sql'],
  ],
  [
    'a declared link not seen in 19 samples',
    {
      web: answered(healthyWeb({ edges: [edge('in', '10.0.9.9', 80, { of: 19 })] })),
      db: answered(healthyDb({ edges: [] })),
    },
    [],
  ],
];
test.each(CASES)('%s', (_name, hosts, expected) => {
  expect(news(hosts)).toEqual(expected);
});

test.each([
  ['unreachable', lost],
  ['without statement', answered(healthyDb({ services: { sql: { facts: {} } } }))],
  ['blind for other sessions', sqlWith({ 'mysql.replicas': null })],
])('of a database that is %s nobody says that it has no replica', (_name, db) => {
  expect(found({ db }).map((one) => one.code)).not.toContain('NO_REPLICA');
});

test('a second machine in the role ends the single point of failure, a second instance on the same does not', () => {
  const two = (hosts: string[]) =>
    found(
      {},
      patronus({ services: patronus().services.map((one) => (one.id === 'app' ? { ...one, hosts } : one)) }),
    )
      .filter((one) => one.code === 'SINGLE_POINT_OF_FAILURE')
      .map((one) => one.params.service);
  expect(two(['web', 'files'])).toEqual(['sql', 'share']);
  expect(two(['web'])).toEqual(['app', 'sql', 'share']);
});

test('what is optional is no single point of failure', () => {
  const services = patronus().services.map((one) =>
    one.id === 'share' ? { ...one, need: { optional: 'nice' } } : one,
  );
  expect(found({}, patronus({ services })).filter((one) => one.params.service === 'share')).toEqual([]);
});

test('members of a declared cluster may talk to each other, others may not without a declared link', () => {
  const undeclared = (members: string[]) =>
    found(
      {},
      patronus({
        links: patronus().links.filter((link) => link.id !== 'app-sql'),
        clusters: [
          {
            id: 'c',
            technology: 'unknown',
            members: members.map((service) => ({ service, role: 'unknown' })),
          },
        ],
      }),
    )
      .filter((one) => one.code === 'UNDECLARED_LINK')
      .map((one) => one.nodes.join(' '));
  expect(undeclared(['sql', 'share'])).toEqual(['app sql']);
  expect(undeclared(['sql', 'app'])).toEqual([]);
});

test('a declared backup is one', () => {
  const links = [
    ...patronus().links,
    { id: 'b', from: 'sql', to: 'share', protocol: 'ssh', purpose: 'backup' },
  ];
  expect(found({}, patronus({ links })).map((one) => one.code)).not.toContain('NO_BACKUP_SEEN');
});

test('a disk that is all but full is critical, and the worst comes first', () => {
  const findings = found({ db: dbWith({ 'host.disk.percent': 97, 'host.disk.mount': '/' }) });
  expect(findings[0]).toMatchObject({
    code: 'DISK_NEARLY_FULL',
    severity: 'critical',
    params: { percent: '97', mount: '/' },
  });
  const order = findings.map((one) => ['critical', 'warning', 'info'].indexOf(one.severity));
  expect(order).toEqual([...order].sort());
});

test('a changed host key shows both fingerprints', () => {
  const [first] = found({ db: hostkey('E_HOSTKEY_CHANGED') });
  expect(first).toMatchObject({
    title: 'The host key of db changed. All towards db is stopped.',
    params: { expected: 'SHA256:a', got: 'SHA256:b' },
  });
});

test('evidence names what was really read', () => {
  const [first] = found({ db: dbWith({ 'host.clock': NOW + 9000 }) });
  expect(first).toMatchObject({
    code: 'CLOCK_SKEW',
    params: { seconds: '+9' },
    evidence: [{ host: 'db', id: 'host.poll' }],
  });
});

test('masks name real rules, no rule masks itself, and masking never goes in a circle', () => {
  const codes = RULES.map((rule) => rule.code);
  expect(new Set(codes).size).toBe(codes.length);
  for (const rule of RULES) {
    for (const masked of rule.masks) {
      expect(codes).toContain(masked);
      expect(RULES.find((one) => one.code === masked)?.masks).not.toContain(rule.code);
    }
  }
});

test('masking needs a node in common', () => {
  const one = (code: string, nodes: string[], masks: string[] = []) =>
    Finding.parse({ code, severity: 'info', nodes, title: '', params: {}, evidence: [], masks });
  const cause = one('HOST_UNREACHABLE', ['a'], ['SERVICE_DOWN']);
  expect(explains(cause, one('SERVICE_DOWN', ['a', 'b']))).toBe(true);
  expect(explains(cause, one('SERVICE_DOWN', ['b']))).toBe(false);
  expect(explains(cause, one('CLOCK_SKEW', ['a']))).toBe(false);
  expect(explains(cause, cause)).toBe(false);
});

test('every finding fits the view, whatever is in the names that servers send', () => {
  const evil = '<img src=x onerror=alert(1)>\u001b[2J';
  const web = answered(
    healthyWeb({
      processes: { [evil]: 1, constructor: 1 },
      edges: [edge('out', evil, 443, { process: evil })],
      errors: [failure('E_SQL_GRANT', 'query', { params: { probe: evil, privilege: evil } })],
    }),
  );
  for (const one of found({ web })) expect(Finding.safeParse(one).success).toBe(true);
});

test('nothing was asked: only what the estate itself shows', () => {
  const snapshot = { ...snapshotOf({}), hosts: {} };
  const estate = patronus();
  expect(
    new Set(diagnose({ ...topologyOf(estate, snapshot), estate, snapshot }).map((one) => one.code)),
  ).toEqual(new Set(['SINGLE_POINT_OF_FAILURE', 'NO_BACKUP_SEEN']));
});

import { expect, it } from 'vitest';
import { Estate } from '../estate/schema';
import { grantsToText } from '../paper/grants-text';
import { rebuildSudo } from '../rejoin/rebuild/places';
import { replicationOf } from '../replication/replication-of';
import { grantsOf } from './grants-of';
import { sudoersFor } from './sudo-commands';

const service = (id: string, kind: string, host: string) => ({
  id,
  kind,
  role: 'database',
  hosts: [host],
  sql: {
    credentials: { read: { user: 'watch', secret: 'prompt' }, act: { user: 'acting', secret: 'prompt' } },
  },
});
const estate = Estate.parse({
  version: 1,
  estate: 'test',
  title: 'Test',
  sites: [{ id: 'here', title: 'Here' }],
  hosts: ['a', 'b', 'web'].map((id) => ({
    id,
    site: 'here',
    address: '127.0.0.1',
    ssh: { act: { user: 'operator' } },
  })),
  services: [service('my', 'mysql', 'a'), service('maria', 'mariadb', 'b')],
  clusters: [
    { id: 'one', technology: 'mysql-async', members: [{ service: 'my', role: 'primary' }] },
    { id: 'two', technology: 'mysql-async', members: [{ service: 'maria', role: 'primary' }] },
  ],
});
const unseen = replicationOf(estate, { estate: 'test', takenAt: 0, periodMs: 1, hosts: {} });

/** What replaces the data of a MySQL server works in one folder beside it. */
const REBUILD = sudoersFor('operator', rebuildSudo('mysql', '/var/lib/mysql'));

/** The binary logs of a server, and no other file. */
const LOGS = ['index', '[0-9][0-9][0-9][0-9][0-9][0-9]'].map(
  (end) => `ALL=(root) NOPASSWD: /usr/bin/cat -- /var/lib/mysql/binlog.${end}`,
);

it('gives each server of the host the rights of its dialect, and says what was not read', () => {
  const mysql = grantsOf(estate, 'a', unseen);
  expect(mysql.servers).toMatchObject([{ service: 'my', account: "'acting'@'%'", version: null }]);
  const systemctl = (verb: string, unit: string) =>
    `operator ALL=(root) NOPASSWD: /usr/bin/systemctl ${verb} ${unit}`;
  const VERBS = ['stop', 'start', 'disable', 'enable'];
  expect(mysql.sudo).toEqual({
    user: 'operator',
    lines: [
      ...VERBS.map((verb) => systemctl(verb, 'mysql')),
      ...REBUILD,
      ...LOGS.map((line) => `operator ${line}`),
    ],
    bootFile: null,
  });
  const text = grantsToText(mysql, 'en');
  expect(text).toContain('SYSTEM_VARIABLES_ADMIN');
  expect(
    text
      .split('\n')
      .filter(Boolean)
      .every((line) => /^(--|#|GRANT |operator ALL=)/.test(line)),
  ).toBe(true);
  const mariadb = grantsOf(estate, 'b', unseen);
  expect(mariadb.servers[0]?.sql.join('\n')).toContain('READ_ONLY ADMIN');
  expect(mariadb.sudo.lines).toEqual(expect.arrayContaining(VERBS.map((verb) => systemctl(verb, 'mariadb'))));
  expect(mariadb.sudo.lines.every((line) => line.startsWith('operator ALL=(root) NOPASSWD: /'))).toBe(true);
});

it('names what the estate states to stop a service and to isolate a member, where it is run, and nothing else', () => {
  const own = (word: string) => ['sudo', '-n', '--', '/opt/ctl', word];
  const stated = Estate.parse({
    ...estate,
    clusters: [
      {
        ...estate.clusters[0],
        acting: {
          service: {
            my: {
              ...{ stop: own('stop'), start: own('start'), disable: own('off'), enable: own('on') },
              ...{ state: ['/opt/ctl', 'state'], boot: ['/opt/ctl', 'boot'] },
            },
          },
          fence: [
            {
              ...{
                id: 'pdu',
                member: 'my',
                host: 'web',
                run: ['sudo', 'pdu', 'off'],
                release: ['pdu', 'on'],
              },
              ...{ verify: ['sudo', '-n', 'pdu', 'show'], isolated: 'off', free: 'on' },
            },
          ],
        },
      },
    ],
  });
  const lines = (host: string) =>
    grantsOf(stated, host, unseen).sudo.lines.map((line) => line.replace(/^.*NOPASSWD: /, ''));
  const logs = LOGS.map((line) => line.replace(/^.*NOPASSWD: /, ''));
  const rebuild = REBUILD.map((line) => line.replace(/^.*NOPASSWD: /, ''));
  const control = ['/opt/ctl stop', '/opt/ctl start', '/opt/ctl off', '/opt/ctl on'];
  expect(lines('a')).toEqual([...control, ...rebuild, ...logs]);
  expect(lines('web')).toEqual(['pdu off', 'pdu show']);
  expect(lines('b')).toEqual([]);
});

it('has nothing to give on a host of no cluster', () => {
  expect(grantsOf(estate, 'web', unseen)).toMatchObject({ servers: [], sudo: { lines: [] } });
  expect(grantsToText(grantsOf(estate, 'web', unseen), 'fr')).toMatch(/aucune grappe/);
});

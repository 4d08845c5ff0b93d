import { expect, it } from 'vitest';
import { Estate } from '../estate/schema';
import { grantsToText } from '../paper/grants-text';
import { replicationOf } from '../replication/replication-of';
import { grantsOf } from './grants-of';

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

it('gives each server of the host the rights of its dialect, and says what was not read', () => {
  const mysql = grantsOf(estate, 'a', unseen);
  expect(mysql.servers).toMatchObject([{ service: 'my', account: "'acting'@'%'", version: null }]);
  expect(mysql.sudo).toEqual({ user: 'operator', lines: [], bootFile: null });
  const text = grantsToText(mysql, 'en');
  expect(text).toContain('SYSTEM_VARIABLES_ADMIN');
  expect(
    text
      .split('\n')
      .filter(Boolean)
      .every((line) => /^(--|#|GRANT )/.test(line)),
  ).toBe(true);
  const mariadb = grantsOf(estate, 'b', unseen);
  expect(mariadb.servers[0]?.sql.join('\n')).toContain('READ_ONLY ADMIN');
  expect(mariadb.sudo.lines.length).toBeGreaterThan(0);
  expect(mariadb.sudo.lines.every((line) => line.startsWith('operator ALL=(root) NOPASSWD: /'))).toBe(true);
});

it('has nothing to give on a host of no cluster', () => {
  expect(grantsOf(estate, 'web', unseen)).toMatchObject({ servers: [], sudo: { lines: [] } });
  expect(grantsToText(grantsOf(estate, 'web', unseen), 'fr')).toMatch(/aucune grappe/);
});

import { expect, it } from 'vitest';
import { planOf } from '../plan/plan-of';
import { verdictOf } from '../plan/plan-text';
import type { HostReading, SeenIdentity } from '../snapshot';
import {
  answered,
  fact,
  healthyDb,
  healthyFiles,
  healthyWeb,
  patronus,
  SQL_FACTS,
  snapshotOf,
} from '../testing/patronus';
import { topologyOf } from '../topology/topology-of';

const hostKey = (fingerprint: string) => ({ fingerprint, type: 'ssh-ed25519', by: 'estate' });
/** A host as it answers with this host key and boot. */
const as = (build: typeof healthyWeb, key: string, boot: string | null, identities: SeenIdentity[] = []) => {
  const plain = build({ hostKey: hostKey(key), identities });
  const facts = boot === null ? plain.facts : { ...plain.facts, 'host.boot': fact(boot, 'host.poll') };
  return answered({ ...plain, facts });
};
const seen = (boot: string, key: string, bootedAt: number, lastSeen: number): SeenIdentity => ({
  hostKey: key,
  boot,
  bootedAt,
  firstSeen: lastSeen,
  lastSeen,
});
const hits = (hosts: Record<string, HostReading>) =>
  topologyOf(patronus(), snapshotOf(hosts)).findings.flatMap((one) =>
    ['SAME_SERVER_TWICE', 'IDENTITY_CHANGED'].includes(one.code)
      ? [`${one.code} ${one.params.form} ${one.nodes.join(' ')}`]
      : [],
  );

it.each<[string, Record<string, HostReading>, string[]]>([
  ['three machines', { web: as(healthyWeb, 'a', '1'), db: as(healthyDb, 'b', '2') }, []],
  ['containers of one kernel', { web: as(healthyWeb, 'a', '1'), db: as(healthyDb, 'b', '1') }, []],
  ['clones with one host key', { web: as(healthyWeb, 'a', '1'), db: as(healthyDb, 'a', '2') }, []],
  ['boots that were not told', { web: as(healthyWeb, 'a', null), db: as(healthyDb, 'a', null) }, []],
  [
    'two names for one machine',
    { web: as(healthyWeb, 'a', '1'), files: as(healthyFiles, 'a', '1') },
    ['SAME_SERVER_TWICE host app share'],
  ],
  ['a reboot', { db: as(healthyDb, 'a', '2', [seen('1', 'a', 0, 1e6), seen('2', 'a', 2e6, 3e6)]) }, []],
  [
    'one name for two machines',
    { db: as(healthyDb, 'a', '2', [seen('1', 'a', 0, 1e6), seen('2', 'a', 5e5, 3e6)]) },
    ['IDENTITY_CHANGED boot sql'],
  ],
  [
    'one name for two machines with a key each',
    { db: as(healthyDb, 'b', '2', [seen('1', 'a', 0, 1e6), seen('2', 'b', 5e5, 3e6)]) },
    ['IDENTITY_CHANGED key sql'],
  ],
])('%s', (_what, hosts, expected) => {
  expect(hits(hosts)).toEqual(expected);
});

it('two database servers with one uuid, on two machines', () => {
  const estate = patronus();
  const [first] = estate.services.filter((service) => service.kind === 'mysql');
  if (!first) throw new Error('no database in the estate');
  const second = { ...first, id: 'sql2', hosts: ['files'] };
  const { sql } = SQL_FACTS;
  const facts = { ...sql?.facts, 'mysql.uuid': fact('916f45d7', 'sql/mysql.status') };
  const both = { ...estate, services: [...estate.services, second] };
  const { findings } = topologyOf(
    both,
    snapshotOf({
      db: answered(healthyDb({ services: { sql: { facts } } })),
      files: answered(healthyFiles({ services: { sql2: { facts } } })),
    }),
  );
  expect(findings.find(({ code }) => code === 'SAME_SERVER_TWICE')).toMatchObject({
    nodes: ['sql', 'sql2'],
    params: { form: 'database', hosts: 'sql, sql2' },
  });
});

it('blocks the plan, in the words of the reader, until it is settled', () => {
  const unsure = snapshotOf({ web: as(healthyWeb, 'a', '1'), files: as(healthyFiles, 'a', '1') });
  const plan = planOf(patronus(), [], unsure, 'fr');
  expect(plan.blockers).toMatchObject([{ code: 'SAME_SERVER_TWICE', nodes: ['app', 'share'] }]);
  expect(verdictOf(plan, 'fr')).toBe(
    'Rien de ceci ne peut être fait pour l’instant. web, files sont une seule et même machine.',
  );
  expect(planOf(patronus(), [], snapshotOf({}), 'fr').blockers).toEqual([]);
  expect(planOf(patronus(), [], null, 'fr').blockers).toEqual([]);
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Estate } from '../../estate/schema';
import { answered, healthyDb, snapshotOf } from '../../testing/patronus';
import { texts } from '../../text';
import type { Plan, PlanStep } from '../../views/plan';
import { estatesBy, NAMES } from '../estates.test-kit';
import { planBasisOf, planOf } from '../plan-of';
import { graphOf, undoOrder } from '../schedule/step-graph';
import { ROW_IDS } from './row';
import { RUNBOOK, rowOf } from './rows';
import { ROWS_BACK } from './rows-after';

const estateNamed = estatesBy((file) =>
  readFileSync(path.resolve(import.meta.dirname, '../../../estates', file), 'utf8'),
);
const patronus = estateNamed('patronus');
const step = (plan: Plan, id: string): PlanStep => {
  const found = [...plan.steps, ...plan.rollback].find((each) => each.id === id);
  if (!found) throw new Error(`no step ${id}`);
  return found;
};
/** Everything that must be done before a step. */
function before(plan: Plan, id: string): Set<string> {
  const all = new Set<string>();
  const walk = (at: string) => {
    for (const need of step(plan, at).needs) {
      if (all.has(need)) continue;
      all.add(need);
      walk(need);
    }
  };
  walk(id);
  return all;
}

test('the rows of the runbook are numbered 1 to 29 in order, each name once, and each need is a row before', () => {
  const numbers = RUNBOOK.map(({ number }) => Number.parseInt(number, 10));
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  expect([...new Set(numbers)]).toEqual(Array.from({ length: 29 }, (_, n) => n + 1));
  const rows = [...RUNBOOK, ...ROWS_BACK].map(({ id }) => id);
  expect([...rows].sort()).toEqual([...ROW_IDS].sort());
  for (const list of [RUNBOOK, ROWS_BACK]) {
    const seen = new Set<string>();
    for (const { id, needs } of list) {
      for (const need of needs) expect(seen, `${id} needs ${need}`).toContain(need.replace('same:', ''));
      seen.add(id);
    }
  }
});

test.each(NAMES)(
  '%s: no cycle, every need exists, undoing is the reverse, and every step has an owner and another',
  (name) => {
    const plan = planOf(estateNamed(name), [], null);
    for (const steps of [plan.steps, plan.rollback]) {
      const graph = graphOf(steps);
      if (!graph.ok) throw new Error(JSON.stringify(graph.error));
      const ids = steps.map(({ id }) => id);
      expect(undoOrder(graph.value, new Set(ids))).toEqual([...ids].reverse());
      for (const each of steps) {
        expect(each.owner.title, each.id).not.toBe('');
        expect(each.backup.role, each.id).not.toBe(each.owner.role);
      }
    }
  },
);

test.each(NAMES)(
  '%s: one point of no return for each database, the reverse channel after it, and nobody writes before',
  (name) => {
    const estate = estateNamed(name);
    const plan = planOf(estate, [], null);
    const databases = estate.dataSets.filter(({ store }) => store === 'database');
    const points = plan.steps.filter(({ nature }) => nature === 'no-return');
    expect(points.map(({ id }) => id)).toEqual(databases.map(({ id }) => `promote-${id}`));
    for (const { id } of databases) {
      expect(before(plan, `promote-${id}`)).toContain(`drain-${id}`);
      expect(before(plan, `promote-${id}`)).toContain('gate-2');
      expect(before(plan, `reverse-${id}`)).toContain(`promote-${id}`);
      expect(before(plan, 'open')).toContain(`reverse-${id}`);
      expect(step(plan, `drain-${id}`).lastFreeAbort).toBe(true);
    }
    const gates = plan.steps.filter(({ kind }) => kind === 'gate').map(({ gate }) => gate);
    expect(gates).toEqual(['G1', 'G2', 'G3']);
    expect(plan.gates.map(({ gate }) => gate)).toEqual(['G1', 'G2', 'G3']);
    for (const { readings, signs } of plan.gates) {
      expect(signs.length).toBeGreaterThan(1);
      expect(new Set(readings.map(({ id }) => id)).size).toBe(readings.length);
      const ids = new Set(plan.steps.map(({ id }) => id));
      for (const reading of readings) if (reading.step !== null) expect(ids).toContain(reading.step);
    }
  },
);

test('what an estate does not have makes no step; two databases make two promotions that wait for one gate', () => {
  const rows = (estate: Estate) => new Set(planOf(estate, [], null).steps.map(({ row }) => row));
  const modules = rows(estateNamed('software-servers'));
  for (const row of ['dump', 'copy', 'final-pass', 'promote', 'sessions', 'measure'])
    expect(modules).not.toContain(row);
  for (const row of ['deploy', 'freeze', 'switch', 'open', 'stop-jobs']) expect(modules).toContain(row);
  expect(rows(estateNamed('parking'))).toContain('sessions');
  expect(rows(patronus)).not.toContain('sessions');
  expect(rows(estateNamed('longjump'))).toContain('warm');
  expect(rows(estateNamed('embassy'))).toContain('client-tail');
  const [db] = patronus.dataSets;
  if (!db) throw new Error('no data');
  const twice = { ...patronus, dataSets: [...patronus.dataSets, { ...db, id: 'archive' }] };
  const plan = planOf(twice, [], null);
  expect(step(plan, 'promote-db').needs).toEqual(['gate-2']);
  expect(step(plan, 'promote-archive').needs).toBe(step(plan, 'promote-db').needs);
  expect(step(plan, 'gate-2').needs).toEqual(['verify-files', 'drain-db', 'drain-archive']);
});

test('clients that keep their server are waited for as long as the estate says', () => {
  const plan = planOf(estateNamed('embassy'), [], null);
  expect(step(plan, 'client-tail-server-choice').minutes?.likely).toBe(60);
  const { ledger } = planBasisOf(estateNamed('embassy'), [], null);
  expect(ledger.get('clientPolicies/server-choice/stickiness')).toMatchObject({
    state: 'known',
    spread: { likely: 3600 },
  });
});

/** A look that saw these facts of the database. */
const seen = (facts: Record<string, string>) => {
  const named = Object.entries(facts).map(([key, value]) => [key, { value, at: 1000, evidence: 'e' }]);
  const services = { db: { facts: Object.fromEntries(named) } };
  return snapshotOf({ db: answered(healthyDb({ services })) });
};
const typed = (plan: Plan, id: string) =>
  step(plan, id)
    .commands.map(({ text }) => text)
    .join('\n');

test('statements are in the words of the server that was seen; nobody has looked: none, and it is said', () => {
  const mysql = planOf(patronus, [], seen({ 'mysql.dialect': 'mysql', 'mysql.version': '9.7.4' }));
  expect(typed(mysql, 'read-only-db')).toBe(
    'SET GLOBAL super_read_only = 1;\nSELECT @@GLOBAL.gtid_executed;',
  );
  expect(typed(mysql, 'drain-db')).toContain("GTID_SUBTRACT('⟨position noted at 16⟩'");
  expect(typed(mysql, 'promote-db')).toContain('RESET REPLICA ALL;');
  const older = planOf(patronus, [], seen({ 'mysql.dialect': 'mysql', 'mysql.version': '5.7.44' }));
  expect(typed(older, 'promote-db')).toContain('RESET SLAVE ALL;');
  expect(typed(older, 'dump-db')).toContain('--master-data=2');
  const mariadb = planOf(patronus, [], seen({ 'mysql.dialect': 'mariadb', 'mysql.version': '10.11.19' }));
  expect(typed(mariadb, 'promote-db')).toContain('RESET SLAVE ALL;');
  expect(typed(mariadb, 'read-only-db')).not.toContain('super_read_only');
  expect(typed(mariadb, 'reverse-db')).toContain('MASTER_USE_GTID = slave_pos');
  const unseen = step(planOf(patronus, [], null), 'promote-db');
  expect(unseen.commands).toEqual([]);
  expect(unseen.commandsNote).toContain('nobody has looked at db');
  expect(step(planOf(estateNamed('parking'), [], null), 'promote-db').commandsNote).toContain('postgresql');
});

test('the console is named only for what it can do: a cluster with a replica that says how it may be acted on', () => {
  const byConsole = (estate: Estate) =>
    planOf(estate, [], null).steps.flatMap(({ id, runsBy }) => (runsBy === 'console' ? [id] : []));
  for (const name of NAMES) expect(byConsole(estateNamed(name))).toEqual([]);
  const acting: Estate = {
    ...patronus,
    hosts: [...patronus.hosts, { id: 'db2', site: 'datacenter', address: 'unknown' }],
    services: [...patronus.services, { id: 'db2', kind: 'mysql', role: 'database', hosts: ['db2'] }],
    clusters: [
      {
        id: 'patronus-db',
        technology: 'mysql-async',
        members: [
          { service: 'db', role: 'primary' },
          { service: 'db2', role: 'replica' },
        ],
        acting: {},
      },
    ],
  };
  expect(byConsole(acting)).toEqual(['read-only-db', 'drain-db', 'promote-db', 'reverse-db']);
  expect(typed(planOf(acting, [], null), 'promote-db')).toBe(
    'patronus switchover patronus-db --to db2 --estate ⟨estate file⟩ --confirm db',
  );
});

test('files and web: shares are closed by Samba, the front by Apache, and the way back of each is typed, too', () => {
  const plan = planOf(patronus, [], null);
  expect(typed(plan, 'close-shares-files')).toContain('smbcontrol smbd close-share ⟨share⟩');
  expect(step(plan, 'close-shares-files').undo?.commands[0]?.text).toContain("'read only' no");
  expect(typed(plan, 'freeze')).toContain('apachectl graceful');
  expect(step(plan, 'freeze').undo?.missing).toEqual(['undo/freeze']);
  expect(typed(plan, 'final-pass-files')).toContain('rsync -aHAX --numeric-ids --delete');
  const videos = step(planOf(estateNamed('embassy'), [], null), 'close-shares-videos');
  expect([videos.commands, videos.commandsNote]).toEqual([[], expect.stringContaining('Videos')]);
});

test('every row is worded in both languages, and what is undone by people has words for it', () => {
  for (const language of ['en', 'fr'] as const) {
    const { rows } = texts(language).planSteps;
    for (const id of ROW_IDS) {
      expect(rows[id].title('x').length, id).toBeGreaterThan(5);
      if (rowOf(id).undoIsTimed) expect(rows[id].undo?.('x'), id).toBeDefined();
    }
  }
});

import path from 'node:path';
import { Failure } from '@shared/errors';
import { fingerprintOf } from '@shared/runbook/fingerprint';
import type { RunPlan, Step } from '@shared/runbook/plan';
import type { RunState } from '@shared/runbook/state-model';
import { describe, expect, it } from 'vitest';
import { differences, stateOf } from '../../../lab/proof/state';
import { prepareHooks, trafficHooks } from '../../../lab/proof/traffic-hooks';
import { BALANCER } from '../../../lab/replication/addresses';
import { until } from '../../../lab/replication/hands';
import { digest } from '../journal/digest';
import type { TestConsole } from '../testing/console';
import { estateVariant } from '../testing/estate-variant';
import { failoverDesk } from '../testing/failover-desk';
import { armed, begun, ended } from '../testing/product-switchover';
import { bentLab, CLUSTER, LONG } from './testing/bent.lab-kit';

/** F26, F29, F34, F35 and F37 of docs/faults.md: faults that come when somebody is about to act, or acts already. */

const NODES = ['db-a', 'db-b', 'db-c'] as const;

describe.each([
  ['mysql', 2596],
  ['mariadb', 2597],
] as const)('what goes wrong on the way on %s', { timeout: LONG }, (engine, gatePort) => {
  const on = bentLab(engine, gatePort);

  it('F26 who has received most takes over, though another one has applied more', async () => {
    const at = await on.bent('lagging'); // db-c receives and cannot apply
    await on.hands.sql('db-b', engine === 'mysql' ? 'STOP REPLICA IO_THREAD;' : 'STOP SLAVE IO_THREAD;');
    await on.hands.logged('db-a', 'CREATE TABLE patronus.received (n INT PRIMARY KEY);');
    const [since] = await on.hands.channels('db-c');
    await until('db-c has received more', async () => {
      const [now] = await on.hands.channels('db-c');
      return now?.Read_Source_Log_Pos !== since?.Read_Source_Log_Pos;
    });
    await on.hands.fault('kill', 'db-a', 'mysql');
    await at.look();
    const { ranked, choice } = await failoverDesk(at).lookAtFailover();
    expect(choice).toEqual({ kind: 'chosen', node: 'db-c' });
    const of = (node: string) => ranked.find((one) => one.node === node);
    expect(Number(of('db-c')?.toApply)).toBeGreaterThan(0);
    expect(Number(of('db-b')?.missing)).toBeGreaterThan(0);
  });

  it('F29 a table is locked just before the freeze: it gives up within its limit, and all is as it was', async () => {
    const at = await on.bent('star');
    const before = await stateOf(on.lab, NODES);
    const { plan } = await on.ready(at, 'db-b');
    await on.hands.hold('db-a', 'LOCK TABLES patronus.account WRITE; SELECT 1;');
    await until('the table is locked', async () =>
      (await on.hands.sql('db-a', 'SHOW OPEN TABLES WHERE In_use > 0;')).includes('account'),
    );
    const began = Date.now();
    const run = await whole(at, { ...plan, preconditions: plan.preconditions.filter(isNoLock) });
    expect(run).toMatchObject({ status: 'undone', pastNoReturn: false });
    expect(run.steps.freeze?.error?.params).toMatchObject({ errno: '1205' });
    expect(Date.now() - began).toBeLessThan(60_000);
    await on.hands.hushed('db-a', 'SELECT 1;');
    expect(differences(before, await stateOf(on.lab, NODES))).toEqual([]);
  });

  it('F35 the new primary is killed while it catches up: the old one is opened again, nobody else is touched', async () => {
    const at = await on.bent('star');
    const before = await stateOf(on.lab, ['db-a', 'db-c']);
    const stopKilling = armed(at).runs.onChange(({ state }) => {
      if (state.steps['catch-up']?.state !== 'running') return;
      stopKilling();
      void on.hands.fault('kill', 'db-b', 'mysql');
    });
    const id = await begun(at, { cluster: CLUSTER, to: 'db-b', alter: neverCaughtUp });
    const run = await ended(at, id);
    expect(run.steps['catch-up']?.state).toBe('failed');
    expect(run).toMatchObject({ pastNoReturn: false });
    // Writers do not wait for the dead one: the old one is open, and whatever is still to be taken back is on the other.
    expect((await on.hands.sql('db-a', 'SELECT @@read_only;')).trim()).toBe('0');
    const { runs } = armed(at);
    const { plan } = await runs.view(id);
    const left = plan.steps.filter((step) => run.undoStack.includes(step.id));
    expect(left.filter(({ target }) => target !== 'db-b')).toEqual([]);
    await on.hands.fault('start', 'db-b', 'mysql');
    if (run.closedAt === null) await runs.undo(id);
    expect((await ended(at, id)).status).toBe('undone');
    expect(differences(before, await stateOf(on.lab, ['db-a', 'db-c']))).toEqual([]);
  });

  it('F34 the disk of a replica is full: it is no candidate, and nobody waits for it beyond a limit', async () => {
    const at = await on.bent('star');
    await on.ready(at, 'db-b');
    await on.hands.fault('kill', 'db-b', 'mysql');
    await on.lab.exec('db-b', ['sh', '-ec', ONTO_SMALL_DISK]);
    try {
      await on.hands.fault('start', 'db-b', 'mysql');
      await on.lab.exec('db-b', ['sh', '-c', 'dd if=/dev/zero of=/srv/small/filler bs=64k 2>/dev/null; :']);
      let slowest = 0;
      const isRefused = async () => {
        const began = Date.now();
        const codes = await on.reasons(at, 'db-b').catch(aboutDbB);
        slowest = Math.max(slowest, Date.now() - began);
        return codes.some((code) => code.startsWith('REFUSED_CANDIDATE') || code.startsWith('E_SQL_'));
      };
      await until('db-b is refused', isRefused, 90_000);
      expect(slowest).toBeLessThan(45_000);
      const { findings } = await at.topology();
      expect(findings.map(({ code }) => code)).toContain('DISK_NEARLY_FULL');
    } finally {
      await on.hands.fault('kill', 'db-b', 'mysql').catch(() => {});
      await on.lab.exec('db-b', ['sh', '-ec', OFF_SMALL_DISK]);
      await on.hands.fault('start', 'db-b', 'mysql');
    }
  });

  it('F37 the application is still led to the old primary: the run is not done, and says so', async () => {
    await prepareHooks(on.lab, NODES);
    await on.bent('star');
    const file = await estateVariant(on.lab.estateFile, path.dirname(on.lab.estateFile), 'misled', (raw) => {
      const clusters = raw.clusters as { acting: Record<string, unknown> }[];
      for (const one of clusters) one.acting = { ...one.acting, traffic: trafficHooks(NODES).slice(-1) };
    });
    const misled = await on.reopened(file);
    // The program that leads the name reports success and does nothing.
    await on.lab.exec(BALANCER.host, ['sh', '-c', "printf '#!/bin/sh\\n:\\n' >/usr/local/bin/name-writer"]);
    const run = await ended(misled, await begun(misled, { cluster: CLUSTER, to: 'db-b' }));
    expect(run).toMatchObject({ status: 'stopped', closedAt: null, pastNoReturn: true });
    const failed = Object.values(run.steps).filter(({ state }) => state === 'failed');
    expect(failed.map(({ error }) => error?.code)).toEqual(['E_NOT_PROVED']);
    // Nobody writes on the old one all the same.
    expect((await on.hands.sql('db-a', 'SELECT @@read_only;')).trim()).toBe('1');
    await armed(misled).runs.handOver(run.id);
  });

  const whole = async (at: TestConsole, plan: RunPlan): Promise<RunState> => {
    const { runs } = armed(at);
    const typed = plan.confirm;
    return runs.ended(await runs.start(plan, { fingerprint: fingerprintOf(plan, digest), typed }));
  };
});

/** A server that was killed lets go of its files a moment later. */
const OFF_SMALL_DISK = `n=0; until umount /var/lib/mysql 2>/dev/null; do n=$((n + 1)); [ "$n" -lt 100 ]; sleep 0.2; done
umount /srv/small`;

/** The server's files on a file system of their own, with a little room. What was there is covered, not changed. */
const ONTO_SMALL_DISK = `mkdir -p /srv/small
used=$(du -sm /var/lib/mysql | cut -f1)
mount -t tmpfs -o "size=$((used + 16))m" small /srv/small
cp -a /var/lib/mysql/. /srv/small/
chown --reference=/var/lib/mysql /srv/small; chmod --reference=/var/lib/mysql /srv/small
mount --bind /srv/small /var/lib/mysql`;

/** No plan is made of a server that does not answer to the end: its error, if it is that one's. */
function aboutDbB(thrown: unknown): string[] {
  if (thrown instanceof Failure && thrown.error.host === 'db-b') return [thrown.error.code];
  throw thrown;
}

/** Everything that has to hold when it begins, but for locks of tables: so that one can come between. */
const isNoLock = ({ id }: RunPlan['preconditions'][number]): boolean => !id.startsWith('table locks');

/** The same plan, with a catch-up that takes until its limit. */
function neverCaughtUp(plan: RunPlan): RunPlan {
  const steps = plan.steps.map((step): Step => {
    if (step.id !== 'catch-up' || step.kind !== 'wait' || step.until.command.kind !== 'sql') return step;
    const command = { ...step.until.command, statement: 'SELECT 1 AS result', values: [] };
    const until = { ...step.until, command };
    return { ...step, until, everyMs: 50, limitMs: 3_000 };
  });
  return { ...plan, steps };
}

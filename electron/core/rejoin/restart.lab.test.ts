import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { serviceControl } from '@shared/estate/service-control';
import { restartSteps, serviceFact } from '@shared/rejoin/restart-steps';
import { RunPlan } from '@shared/runbook/plan';
import { said } from '@shared/runbook/said';
import { problemsOf } from '@shared/runbook/validate';
import { OWN_FILE } from '@shared/switchover/boot';
import { sessionOf } from '@shared/switchover/member';
import type { MemberReading } from '@shared/switchover/readings';
import { writableFacts } from '@shared/switchover/server-facts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Lab } from '../../../lab/api';
import { startServices } from '../../../lab/engine/services';
import { attachedTo } from '../../../lab/proof/present';
import { OWN_FILE as BOOT_FILE } from '../../../lab/replication/addresses';
import { type Hands, handsOn } from '../../../lab/replication/hands';
import { buildPrograms, freshBase, removeBase, smallLab } from '../../../lab/test-lab';
import { openDesk } from '../switchover/testing/desk';
import { openConsole, type TestConsole } from '../testing/console';

const LONG = 300_000;
const NODE = 'db-c';
const SOURCE = 'db-a';

describe.each([
  ['mysql', 2572],
  ['mariadb', 2573],
] as const)(
  'a replica of %s that is restarted to see how it comes back',
  { timeout: LONG },
  (engine, gatePort) => {
    let base: string;
    let folder: string;
    let lab: Lab;
    let hands: Hands;
    let desk: TestConsole;
    let members: Readonly<Record<string, MemberReading>>;
    const isMysql = engine === 'mysql';

    beforeAll(async () => {
      base = await freshBase();
      folder = await mkdtemp(path.join(tmpdir(), 'patronus-restart-'));
      lab = await smallLab(base, await buildPrograms(), { estate: 'replication/star', gatePort, engine });
      hands = handsOn(lab.raw);
      const looker = await openDesk(lab.estateFile, path.join(folder, 'looker'));
      members = (await looker.gather(SOURCE, NODE, ['db-b'])).members;
      await looker.close();
      desk = await openConsole(lab.estateFile);
    }, LONG);
    afterAll(async () => {
      await desk?.close();
      await lab?.down({ purge: true });
      await removeBase(base);
      await rm(folder, { recursive: true, force: true });
    }, LONG);

    /** Files that open it, and above them what a console sets (shared/switchover/boot.ts) where `closed`. */
    const policy = async (closed: boolean) => {
      await hands.config(NODE, isMysql ? 'super_read_only=OFF\nread_only=OFF' : 'read_only=OFF');
      if (isMysql) {
        const persist = 'SET PERSIST_ONLY super_read_only = ON; SET PERSIST_ONLY read_only = ON;';
        await hands.sql(NODE, closed ? persist : 'RESET PERSIST;');
      } else if (closed)
        await lab.exec(NODE, ['sh', '-c', 'cat >"$1"', 'sh', BOOT_FILE], { input: OWN_FILE });
      else await hands.withoutOwnFile(NODE);
    };
    beforeEach(async () => {
      await lab.exec(NODE, [`/opt/lab/${engine}.sh`, 'start']);
      await hands.sql(NODE, isMysql ? 'SET GLOBAL super_read_only = 1' : 'SET GLOBAL read_only = 1');
    });

    const planOf = (): RunPlan => {
      const { clusters, estate } =
        desk.opened.state === 'open' ? desk.opened.estate : fail('it did not open');
      const [cluster] = clusters;
      const [member, source] = [members[NODE], members[SOURCE]];
      if (!cluster || !member || !source) throw new Error('the star was not read');
      const control = serviceControl(cluster, NODE, engine);
      const target = (one: MemberReading) => ({
        host: one.host,
        service: one.service,
        identity: one.identity,
        session: sessionOf(one),
      });
      return RunPlan.parse({
        version: 1,
        procedure: 'rejoin',
        title: said('TITLE', { node: NODE, to: SOURCE }),
        estate,
        subject: cluster.id,
        confirm: NODE,
        madeAt: Date.now(),
        targets: { [NODE]: target(member), [SOURCE]: target(source) },
        // What is restarted cannot hold a lock meanwhile.
        keptOn: [SOURCE],
        secrets: {},
        facts: [...writableFacts(NODE, member), serviceFact(NODE, control)],
        steps: restartSteps({
          side: { node: NODE, member },
          channel: '',
          control,
          needs: [],
          numbers: ['1', '2', '3'],
          isPoint: true,
        }),
      });
    };
    const run = async () => {
      const plan = planOf();
      expect(problemsOf(plan)).toEqual([]);
      const acting = desk.app.acting();
      if (!acting) throw new Error('nobody can act');
      const { hash } = acting.keep(plan);
      const id = await acting.start(hash, NODE);
      return { id, state: await acting.runs.ended(id), runs: acting.runs };
    };
    const pid = async () =>
      (await lab.exec(NODE, ['pgrep', '-x', isMysql ? 'mysqld' : 'mariadbd'])).stdout.trim();
    const isReadOnly = async () => (await hands.sql(NODE, 'SELECT @@read_only')).trim();

    it('F31 comes back read-only, by what it reads when it starts, and follows by itself', async () => {
      await policy(true);
      const before = await pid();
      const { state } = await run();
      expect(Object.values(state.steps).map((step) => step.state)).toEqual(['done', 'done', 'done']);
      expect(state.steps[`start-${NODE}`]?.evidence).toMatchObject({ 'came back': 'closed' });
      expect([await isReadOnly(), await attachedTo(hands, NODE, SOURCE)]).toEqual(['1', true]);
      expect(await pid()).not.toBe(before);
    });

    it('without the policy the proof fails, and what came back open is closed at once', async () => {
      await policy(false);
      const { state, runs, id } = await run();
      const steps = Object.values(state.steps).map((step) => step.state);
      expect([state.status, steps]).toEqual(['stopped', ['done', 'failed', 'pending']]);
      expect(state.steps[`start-${NODE}`]?.error).toMatchObject({
        code: 'E_NOT_PROVED',
        params: { what: 'came back: closed → open' },
      });
      expect(await isReadOnly()).toBe('1');
      await runs.handOver(id);
    });

    it('is kept from starting with its host, by what the estate says, and is let start again', async () => {
      const asActing = async (...words: string[]) =>
        (await lab.exec(NODE, ['runuser', '-u', 'patronus-act', '--', ...words])).stdout.trim();
      const control = (word: string) => ['/opt/lab/service.sh', engine, word];
      const sudo = ['sudo', '-n'];
      await asActing(...sudo, ...control('disable'));
      await asActing(...sudo, ...control('stop'));
      expect([await asActing(...control('state')), await asActing(...control('boot'))]).toEqual([
        'inactive',
        'disabled',
      ]);
      await startServices(lab.raw);
      expect(await asActing(...control('state'))).toBe('inactive');
      await asActing(...sudo, ...control('enable'));
      await asActing(...sudo, ...control('start'));
      expect([await asActing(...control('state')), await asActing(...control('boot'))]).toEqual([
        'active',
        'enabled',
      ]);
      const refused = await lab.exec(
        NODE,
        ['runuser', '-u', 'patronus-act', '--', ...sudo, ...control('state')],
        {
          allowFailure: true,
        },
      );
      expect(refused.status).not.toBe(0);
    });
  },
);

function fail(why: string): never {
  throw new Error(why);
}

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '@shared/errors';
import { LeaseFile } from '@shared/runbook/remote-record';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSql } from '../sql/run-sql';
import { haveMariadb } from '../sql/testing/mariadb';
import { haveSshd } from '../ssh/testing/sshd';
import type { RunLease } from './lease';
import { type Desk, type LeaseStage, leaseStage, STAGE_PASSWORD } from './testing/lease-stage';
import { filesBelow } from './testing/remote-host';

const LONG = 120_000;

describe.skipIf(!haveSshd() || !haveMariadb())('the lease', { timeout: LONG }, () => {
  let stage: LeaseStage;
  const { signal } = new AbortController();

  beforeAll(async () => {
    stage = await leaseStage();
  }, LONG);
  afterAll(() => stage.stop(), LONG);

  const runsOf = (index: number) => join(stage.hosts[index]?.home ?? '', '.patronus/runs');
  const leaseFiles = (index: number) =>
    [...filesBelow(runsOf(index))].filter(([name]) => name.endsWith('lease.json'));
  const ask = async (desk: Desk, target: string, statement: string) => {
    const session = desk.crew.hands(target).main;
    if (!session) throw new Error('no session');
    const options = { name: 'test', statement, timeoutMs: 10_000, background: false, signal };
    return (await runSql(session, options)).rows[0] ?? {};
  };
  const isFree = async (desk: Desk, target: string) =>
    (await ask(desk, target, "SELECT IS_FREE_LOCK('patronus/acting') AS free")).free === '1';
  /** The servers have noticed that whoever had the lease is gone. */
  const gone = async () => {
    const witness = stage.console('witness');
    for (const target of ['a', 'b'])
      await expect.poll(() => isFree(witness, target), { timeout: 20_000 }).toBe(true);
  };
  const code = (thrown: unknown) => (thrown instanceof Failure ? thrown.error.code : String(thrown));
  const refusal = async (attempt: Promise<RunLease>): Promise<Failure['error']> => {
    const failed = await attempt.then(
      () => new Error('it was taken'),
      (thrown: unknown) => thrown,
    );
    if (failed instanceof Failure) return failed.error;
    throw failed;
  };

  it('of twenty consoles that start at once exactly one has it, and gives it back whole', async () => {
    const desks = Array.from({ length: 20 }, (_, index) => stage.console(`person-${index}@desk`));
    const settled = await Promise.allSettled(desks.map((desk, index) => desk.take(`run-${index}`)));
    const winners = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const refused = settled.flatMap((one) => (one.status === 'rejected' ? [code(one.reason)] : []));
    expect(winners).toHaveLength(1);
    expect(new Set(refused)).toEqual(new Set(['E_LEASE_HELD']));
    const winner = settled.findIndex(({ status }) => status === 'fulfilled');
    for (const index of [0, 1]) {
      const [[, file] = ['', null], ...others] = leaseFiles(index);
      expect(others).toEqual([]);
      expect(file?.mode).toBe(0o600);
      expect(LeaseFile.parse(JSON.parse(file?.text ?? ''))).toMatchObject({
        run: `run-${winner}`,
        by: `person-${winner}@desk`,
        subject: 'cluster main',
      });
    }
    const [witness] = desks;
    if (!witness) throw new Error('no desk');
    expect([await isFree(witness, 'a'), await isFree(witness, 'b')]).toEqual([false, false]);
    await winners[0]?.release();
    expect([await isFree(witness, 'a'), await isFree(witness, 'b')]).toEqual([true, true]);
    expect([...leaseFiles(0), ...leaseFiles(1)]).toEqual([]);
    await Promise.all(desks.map(({ crew }) => crew.dispose()));
  });

  it('tells the second console who acts and since when; none is held when one is not to be had', async () => {
    const [ann, bob] = [stage.console('ann@desk'), stage.console('bob@laptop')];
    const lease = await ann.take('run-a');
    expect(await refusal(bob.take('run-b'))).toMatchObject({
      code: 'E_LEASE_HELD',
      params: { by: 'ann@desk', name: 'run-a' },
    });
    // The same run and the same person at another desk is another console.
    expect((await refusal(stage.console('ann@desk').take('run-a'))).code).toBe('E_LEASE_HELD');
    expect((await refusal(bob.take('run-a', { over: 'run-a' }))).code).toBe('E_LEASE_HELD');
    await lease.release();
    // Somebody who is no console holds the lock of the second server alone.
    await ask(ann, 'b', "SELECT GET_LOCK('patronus/acting', 0)");
    expect(await refusal(bob.take('run-b'))).toMatchObject({
      code: 'E_LEASE_HELD',
      params: { by: expect.stringMatching(/^acting@/) },
    });
    expect(await isFree(bob, 'a')).toBe(true);
    expect(leaseFiles(0)).toEqual([]);
    await ask(ann, 'b', "SELECT RELEASE_LOCK('patronus/acting')");
    await (await bob.take('run-b')).release();
  });

  it('is not taken silently from a console that is gone: only by name, or by the run itself', async () => {
    const [ann, bob] = [stage.console('ann@desk'), stage.console('bob@laptop')];
    await ann.take('run-a');
    await ann.crew.dispose();
    await gone();
    const stale = await refusal(bob.take('run-b'));
    expect(stale).toMatchObject({ code: 'E_LEASE_STALE', params: { by: 'ann@desk', name: 'run-a' } });
    expect((await refusal(bob.take('run-a', { over: 'eve' }))).code).toBe('E_LEASE_STALE');
    expect(await isFree(bob, 'a')).toBe(true);
    const taken = await bob.take('run-a', { over: 'Ann' });
    expect(leaseFiles(0)[0]?.[1].text).toContain('"by":"bob@laptop"');
    await bob.crew.dispose();
    await gone();
    // The console that was killed takes up its own run without anybody's word: same desk, same person, same run.
    const again = await stage.console('bob@laptop').take('run-a');
    await again.release();
    await taken.release();
  });

  it('takes a lost connection’s lock again at once, as the same run', async () => {
    const [ann, witness] = [stage.console('ann@desk'), stage.console('witness')];
    const lease = await ann.take('run-a');
    const before = lease.connections.get('a');
    await ask(witness, 'a', `KILL ${before}`);
    await expect.poll(() => lease.connections.get('a') ?? before, { timeout: 20_000 }).not.toBe(before);
    expect(await isFree(witness, 'a')).toBe(false);
    expect(lease.lost.aborted).toBe(false);
    await lease.release();
  });

  it('is lost when somebody else has what our connection held', async () => {
    const [ann, eve] = [stage.console('ann@desk'), stage.console('eve@desk')];
    const lease = await ann.take('run-a');
    const lost = new Promise((resolve) => lease.lost.addEventListener('abort', resolve, { once: true }));
    // Whoever waits for a lock has it before its holder is back.
    const waiting = ['a', 'b'].map((target) => ask(eve, target, "SELECT GET_LOCK('patronus/acting', 60)"));
    const killer = stage.console('killer');
    const waits = "SELECT COUNT(*) AS n FROM information_schema.PROCESSLIST WHERE STATE = 'User lock'";
    for (const target of ['a', 'b'])
      await expect.poll(async () => (await ask(killer, target, waits)).n, { timeout: 20_000 }).toBe('1');
    await Promise.all(
      [...lease.connections].map(async ([target, connection]) => ask(killer, target, `KILL ${connection}`)),
    );
    await Promise.all(waiting);
    await lost;
    expect(code(lease.lost.reason)).toBe('E_LEASE_LOST');
    await lease.release();
    expect(leaseFiles(0)).toEqual([]);
    await eve.crew.dispose();
  });

  it('does not begin beside a run that was never ended, nor over a file that it cannot read', async () => {
    const ann = stage.console('ann@desk');
    const lease = await ann.take('run-a');
    const [subject = ''] = readdirSync(runsOf(1));
    await lease.release();
    const folder = join(runsOf(1), subject);
    mkdirSync(join(folder, 'run-open'));
    writeFileSync(join(folder, 'run-open/plan.json'), '{}');
    expect(await refusal(ann.take('run-a'))).toMatchObject({
      code: 'E_RUN_OPEN',
      params: { id: 'run-open' },
    });
    await (await ann.take('run-open')).release();
    writeFileSync(join(folder, 'run-open/closed'), '');
    writeFileSync(join(folder, 'lease.json'), '{"run":');
    expect((await refusal(ann.take('run-a', { over: 'run-a' }))).code).toBe('E_LEASE_STALE');
    expect(readFileSync(join(folder, 'lease.json'), 'utf8')).toBe('{"run":');
    rmSync(join(folder, 'lease.json'));
  });

  it('leaves no secret anywhere, and nothing that others may read', () => {
    const found = [0, 1].flatMap((index) => [...filesBelow(runsOf(index))]);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(([, { text }]) => text.includes(STAGE_PASSWORD))).toEqual([]);
  });
});

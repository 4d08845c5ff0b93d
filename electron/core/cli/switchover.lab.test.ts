import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { RunPlan } from '@shared/runbook/plan';
import { RunState, RunView } from '@shared/runbook/state-model';
import { Grants } from '@shared/views/grants';
import { PlanMade } from '@shared/views/lever';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lab } from '../../../lab/api';
import { buildPrograms, freshBase, removeBase, smallLab } from '../../../lab/test-lab';
import { makeHome, type TestHome } from '../ssh/testing/home';
import { makeKey } from '../ssh/testing/sshd';
import { builtCommandLine, type Ended, runProgram } from '../testing/command-line';
import { estateVariant } from '../testing/estate-variant';

const CLUSTER = 'data';
const LONG = 240_000;

describe.each([
  ['mysql', 2504],
  ['mariadb', 2505],
] as const)('switchover from a terminal on %s', { timeout: LONG }, (engine, gatePort) => {
  let base: string;
  let folder: string;
  let home: TestHome;
  let lab: Lab;
  let program: string;

  beforeAll(async () => {
    base = await freshBase();
    folder = await mkdtemp(path.join(tmpdir(), 'patronus-cli-'));
    home = makeHome();
    program = builtCommandLine();
    lab = await smallLab(base, await buildPrograms(), { estate: 'replication/star', gatePort, engine });
  }, LONG);
  afterAll(async () => {
    await lab?.down({ purge: true });
    await removeBase(base);
    await rm(folder, { recursive: true, force: true });
    home.remove();
  }, LONG);

  const env = { PATH: process.env.PATH, HOME: tmpdir(), LANG: 'C.UTF-8', PATRONUS_EGRESS: 'loopback' };
  const at = (desk: string) => ['--data-dir', path.join(folder, desk)];
  const estate = () => ['--estate', lab.estateFile];
  const patronus = (words: readonly string[]): Promise<Ended> =>
    runProgram([process.execPath, program, ...words], { env, cwd: folder });
  const switchover = (to: string, ...words: string[]) =>
    patronus(['switchover', CLUSTER, '--to', to, ...estate(), ...words]);
  const run = (...words: string[]) => patronus(['run', ...words, ...estate()]);
  const writable = async (): Promise<string[]> => {
    const { stdout } = await patronus(['replication', ...estate(), ...at('looks'), '--json']);
    const { clusters } = JSON.parse(stdout) as { clusters: { id: string; primaries: string[] }[] };
    return clusters.find(({ id }) => id === CLUSTER)?.primaries ?? [];
  };

  it('--dry-run prints every statement in order and what each changes, and changes nothing', async () => {
    const { code, stdout, stderr } = await switchover('db-b', '--dry-run', ...at('one'));
    expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: '' });
    const order = [
      'SET GLOBAL',
      engine === 'mysql' ? 'STOP REPLICA' : 'STOP SLAVE',
      engine === 'mysql' ? 'CHANGE REPLICATION SOURCE' : 'CHANGE MASTER',
    ];
    const places = order.map((text) => stdout.indexOf(text));
    expect(
      places.every((place) => place > 0),
      stdout,
    ).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(stdout).toContain('read_only');
    const json = await switchover('db-b', '--dry-run', '--json', ...at('one'));
    expect(PlanMade.parse(JSON.parse(json.stdout))).toMatchObject({
      state: 'ready',
      plan: { confirm: 'db-a' },
    });
    const french = await switchover('db-b', '--dry-run', '--lang', 'fr', ...at('one'));
    expect(french.stdout).toContain('Point de non-retour');
    expect(await writable()).toEqual(['db-a']);
  });

  it('does nothing without a name, with a wrong one, or towards a server that the cluster does not have', async () => {
    expect(await switchover('db-b', ...at('one'))).toMatchObject({ code: 2, stdout: '' });
    const wrong = await switchover('db-b', '--confirm', 'db-c', ...at('one'));
    expect(wrong).toMatchObject({ code: 3, stdout: '' });
    expect(wrong.stderr).toContain('db-a');
    expect(await switchover('db-x', '--dry-run', ...at('one'))).toMatchObject({ code: 2 });
    expect(await writable()).toEqual(['db-a']);
  });

  it('towards the primary itself is refused for that alone, in both languages and as a document', async () => {
    const refused = await switchover('db-a', '--dry-run', ...at('one'));
    expect(refused.code, refused.stdout + refused.stderr).toBe(3);
    expect(refused.stdout).toMatch(/Refused, 1 reason\..*db-a is the primary already/s);
    const french = await switchover('db-a', '--dry-run', '--lang', 'fr', ...at('one'));
    expect(french.stdout).toMatch(/Refusé.*db-a est déjà le primaire/s);
    const { stdout } = await switchover('db-a', '--confirm', 'db-a', '--json', ...at('one'));
    const made = PlanMade.parse(JSON.parse(stdout));
    expect(made.state === 'refused' && made.reasons.map(({ code }) => code)).toEqual([
      'REFUSED_ALREADY_PRIMARY',
    ]);
  });

  it('acts, prints each step with its time, and shows the run afterwards', async () => {
    const { code, stdout, stderr } = await switchover('db-b', '--confirm', 'DB-A', ...at('one'));
    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toMatch(/^\d\d:\d\d:\d\d\.\d{3} {2}10 /m);
    expect(await writable()).toEqual(['db-b']);
    const list = await run('list', '--json', ...at('one'));
    const [state] = RunState.array().parse(JSON.parse(list.stdout));
    expect(state).toMatchObject({ status: 'done', by: `${userInfo().username}@${hostname()}` });
    const id = state?.id ?? '';
    expect((await run('list', ...at('one'))).stdout).toContain(id);
    expect(RunView.parse(JSON.parse((await run('show', id, '--json', ...at('one'))).stdout)).ways).toEqual(
      [],
    );
    expect(await run('resume', id, '--confirm', 'db-a', ...at('one'))).toMatchObject({ code: 3 });
    expect(await run('show', 'none', ...at('one'))).toMatchObject({ code: 2 });
    const back = await switchover('db-a', '--dry-run', '--json', ...at('one'));
    const made = PlanMade.parse(JSON.parse(back.stdout));
    const timed = made.state === 'ready' ? made.plan.steps.filter(({ estimate }) => estimate !== null) : [];
    expect(timed.map(({ number }) => number)).toEqual(expect.arrayContaining(['10', '16', '10–16']));
    expect(new Set(timed.map(({ estimate }) => estimate?.basis))).toEqual(new Set(['measured']));
    const audit = await patronus(['audit', 'verify', ...at('one')]);
    expect(audit.code, audit.stdout).toBe(0);
  });

  it('of two consoles that begin at the same time one acts and the other is refused', async () => {
    const both = await Promise.all(
      ['left', 'right'].map((desk) => switchover('db-a', '--confirm', 'db-b', '--json', ...at(desk))),
    );
    const codes = both.map(({ code }) => code).sort();
    expect(codes, both.map(({ stderr }) => stderr).join('\n')).toEqual([0, 3]);
    expect(both.map(({ stderr }) => stderr).join('\n')).toMatch(/E_LEASE_HELD|E_RUN_OPEN|E_DRIFT/);
    expect(await writable()).toEqual(['db-a']);
  });

  it('a plan that was saved is run as it is, and only with a second person’s word where the estate wants one', async () => {
    const [bob, eve] = [makeKey(home, `bob-${engine}`), makeKey(home, `eve-${engine}`)];
    const wanting = await estateVariant(lab.estateFile, path.dirname(lab.estateFile), 'wanting', (raw) => {
      const [cluster] = (raw.clusters as Record<string, unknown>[]).filter(({ id }) => id === CLUSTER);
      if (!cluster) throw new Error('no cluster');
      const acting = (cluster.acting ?? {}) as Record<string, unknown>;
      cluster.acting = { ...acting, approvers: [{ name: 'Bob', key: bob.public }] };
    });
    const common = ['--estate', wanting, ...at('one')];
    const save = await patronus([
      'switchover',
      CLUSTER,
      '--to',
      'db-b',
      '--dry-run',
      '--save',
      'plan.json',
      '--script',
      'plan.sql',
      ...common,
    ]);
    expect(save.code, save.stderr).toBe(0);
    expect(RunPlan.parse(JSON.parse(await readFile(path.join(folder, 'plan.json'), 'utf8'))).confirm).toBe(
      'db-a',
    );
    expect(await readFile(path.join(folder, 'plan.sql'), 'utf8')).toContain('SET GLOBAL');
    const go = (...words: string[]) =>
      patronus(['switchover', CLUSTER, '--plan', 'plan.json', '--confirm', 'db-a', ...words, ...common]);
    expect((await go()).stderr).toContain('E_APPROVAL_MISSING');
    expect(await patronus(['approve', 'plan.json', ...common])).toMatchObject({ code: 2 });
    expect(await patronus(['approve', 'plan.json', '--key', eve.file, ...common])).toMatchObject({ code: 3 });
    const own = await patronus(['approve', 'plan.json', '--key', bob.file, '--save', 'own.json', ...common]);
    expect(own.code, own.stderr).toBe(0);
    // Signed at this very desk: the approver is who pulls.
    expect((await go('--approval', 'own.json')).stderr).toMatch(/E_APPROVAL .*same person/);
    expect(await writable()).toEqual(['db-a']);
    await writeFile(
      path.join(folder, 'edited.json'),
      (await readFile(path.join(folder, 'plan.json'), 'utf8')).replace('"madeAt":', '"madeAt":1'),
    );
    const edited = await patronus([
      'switchover',
      CLUSTER,
      '--plan',
      'edited.json',
      '--confirm',
      'db-a',
      '--approval',
      'own.json',
      ...common,
    ]);
    expect(edited.stderr).toContain('E_APPROVAL');
    expect(await writable()).toEqual(['db-a']);
  });

  it('Ctrl-C holds it after a step, which is told, and undoing it gives back what was', async () => {
    const words = [
      'switchover',
      CLUSTER,
      '--to',
      'db-b',
      '--confirm',
      'db-a',
      '--json',
      ...estate(),
      ...at('one'),
    ];
    const child = spawn(process.execPath, [program, ...words], { env, cwd: folder, stdio: 'pipe' });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (!stderr.includes('has begun') && `${stderr}${text}`.includes('has begun')) child.kill('SIGINT');
      stderr += text;
    });
    expect(await ended, stderr).toBe(5);
    const { state, ways } = RunView.parse(JSON.parse(stdout));
    expect(stderr).toContain(`patronus run resume ${state.id}`);
    expect(state).toMatchObject({ closedAt: null, pastNoReturn: false });
    expect(ways).toEqual(expect.arrayContaining(['resume', 'undo']));
    const undone = await run('undo', state.id, '--confirm', 'db-a', ...at('one'));
    expect(undone.code, undone.stdout + undone.stderr).toBe(0);
    expect(await writable()).toEqual(['db-a']);
  });

  it('when the console is killed, another desk takes the run over and undoes or finishes it', async () => {
    const words = ['switchover', CLUSTER, '--to', 'db-b', '--confirm', 'db-a', ...estate(), ...at('killed')];
    const child = spawn(process.execPath, [program, ...words], {
      env,
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise<void>((resolve) => {
      let said = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        if (/^\d\d:\d\d:\d\d\.\d{3} {2}10 /m.test(said)) resolve();
      });
      child.once('exit', () => resolve());
    });
    child.kill('SIGKILL');
    await new Promise((resolve) =>
      (child.exitCode ?? child.signalCode) !== null ? resolve(null) : child.once('exit', resolve),
    );
    const found = await run('list', '--servers', '--json', ...at('other'));
    const [open] = RunState.array().parse(JSON.parse(found.stdout));
    expect(open, found.stdout + found.stderr).toBeDefined();
    const id = open?.id ?? '';
    expect(await switchover('db-b', '--confirm', 'db-a', ...at('third'))).not.toMatchObject({ code: 0 });
    expect(await run('take-over', id, '--confirm', 'nobody', ...at('other'))).toMatchObject({ code: 3 });
    await expect
      .poll(async () => (await run('take-over', id, '--confirm', id, ...at('other'))).code, {
        timeout: 120_000,
        interval: 2_000,
      })
      .toBe(0);
    const shown = RunView.parse(JSON.parse((await run('show', id, '--json', ...at('other'))).stdout));
    const verb = shown.state.pastNoReturn ? 'resume' : 'undo';
    const ended = await run(verb, id, '--confirm', 'db-a', ...at('other'));
    expect(ended.code, ended.stdout + ended.stderr).toBe(0);
    expect(await writable()).toEqual([verb === 'undo' ? 'db-a' : 'db-b']);
    expect(JSON.parse((await run('list', '--servers', '--json', ...at('fourth'))).stdout)).toEqual([]);
  });

  it('grants: the rights of exactly this server’s version, as SQL and as sudoers lines', async () => {
    const { code, stdout } = await patronus(['grants', 'db-a', ...estate(), ...at('one'), '--json']);
    const grants = Grants.parse(JSON.parse(stdout));
    expect(code, stdout).toBe(0);
    expect(grants.servers[0]?.sql.join('\n')).toContain(
      engine === 'mysql' ? 'SYSTEM_VARIABLES_ADMIN' : 'READ_ONLY ADMIN',
    );
    const text = await patronus(['grants', 'db-a', ...estate(), ...at('unseen')]);
    expect(text.code).toBe(4);
    expect(text.stdout).toMatch(/^GRANT /m);
    expect(await patronus(['grants', 'db-x', ...estate()])).toMatchObject({ code: 2 });
  });
});

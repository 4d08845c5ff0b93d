import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Plan } from '@shared/views/plan';
import { Replication } from '@shared/views/replication';
import { Check, Status, Trust } from '@shared/views/status';
import { Topology } from '@shared/views/topology';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lab } from '../../lab/api';
import { buildPrograms, freshBase, removeBase, smallLab } from '../../lab/test-lab';
import { builtCommandLine, type Ended, ROOT, runProgram } from './testing/command-line';
import { estateVariant, sshOf } from './testing/estate-variant';
import { UNSAFE } from './testing/shown';

const GATE_PORT = 2315;
const VIEWS = { status: Status, topology: Topology, replication: Replication } as const;
const LOOKS = ['status', 'topology', 'replication'] as const;

describe('the command line as a process of its own', () => {
  let base: string;
  let home: string;
  let lab: Lab;
  let program: string;

  beforeAll(async () => {
    base = await freshBase();
    home = await mkdtemp(path.join(tmpdir(), 'patronus-home-'));
    program = builtCommandLine();
    lab = await smallLab(base, await buildPrograms(), { gatePort: GATE_PORT });
  });
  afterAll(async () => {
    await lab?.down({ purge: true });
    await removeBase(base);
    await rm(home, { recursive: true, force: true });
  });

  /** Its own home: no test reads the person's SSH files. */
  const environment = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
    PATH: process.env.PATH,
    HOME: home,
    LANG: 'C.UTF-8',
    PATRONUS_EGRESS: 'loopback',
    ...more,
  });
  const patronus = (words: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> =>
    runProgram([process.execPath, program, ...words], { env: environment(env), cwd: home });
  const estate = () => ['--estate', lab.estateFile];

  it.each(LOOKS)(
    '%s --json: one document of its schema on stdout, nothing on stderr, exit 0',
    async (command) => {
      const { code, stdout, stderr } = await patronus([command, ...estate(), '--json']);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(VIEWS[command].parse(JSON.parse(stdout))).toEqual(JSON.parse(stdout));
    },
  );

  it.each(['en', 'fr'])('prints for people in %s, without a control character', async (language) => {
    const texts = await Promise.all(LOOKS.map((one) => patronus([one, ...estate(), '--lang', language])));
    for (const { code, stdout, stderr } of texts) {
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('db');
      expect(stdout).not.toMatch(UNSAFE);
    }
    expect(texts.some(({ stdout }) => /réplica|hôte|serveur/.test(stdout))).toBe(language === 'fr');
  });

  it('a host out of sight: exit 4, the answer still whole, the sentence names it', async () => {
    await lab.fault('cut-console', 'db');
    try {
      const json = await patronus(['topology', ...estate(), '--json']);
      expect(json.code).toBe(4);
      const topology = Topology.parse(JSON.parse(json.stdout));
      expect(topology.nodes.find(({ id }) => id === 'db')).toMatchObject({ health: 'unknown' });
      expect(topology.hosts.find(({ id }) => id === 'db')).toMatchObject({
        state: 'unreachable',
        error: 'E_TCP_RESET',
      });
      const text = await patronus(['status', ...estate()]);
      expect(text.code).toBe(4);
      expect(text.stdout).toMatch(/db/);
    } finally {
      await lab.fault('heal', 'db');
    }
  });

  it('a service that is down is an answer, not something unseen: exit 0', async () => {
    await lab.fault('kill', 'files', 'samba');
    try {
      const { code, stdout } = await patronus(['status', ...estate(), '--json']);
      expect(Status.parse(JSON.parse(stdout)).nodes.find(({ id }) => id === 'files')?.health).toBe('down');
      expect(code).toBe(0);
    } finally {
      await lab.fault('start', 'files', 'samba');
    }
  });

  it('plan: unknown before any look (4), from the recorded look after it (0), with no connection at all', async () => {
    const data = ['--data-dir', path.join(home, 'plan-data')];
    const offline = { PATRONUS_EGRESS: 'offline' };
    const before = await patronus(['plan', ...estate(), ...data, '--json'], offline);
    expect({ code: before.code, stderr: before.stderr }).toEqual({ code: 4, stderr: '' });
    expect(Plan.parse(JSON.parse(before.stdout)).takenAt).toBe(null);
    expect((await patronus(['topology', ...estate(), ...data])).code).toBe(0);
    const after = await patronus(['plan', ...estate(), ...data, '--json'], offline);
    expect({ code: after.code, stderr: after.stderr }).toEqual({ code: 0, stderr: '' });
    const plan = Plan.parse(JSON.parse(after.stdout));
    expect(plan.takenAt).toBeGreaterThan(Date.now() - 60_000);
    expect(plan.steps.length).toBeGreaterThan(3);
    const text = await patronus(['plan', ...estate(), ...data, '--lang', 'fr'], offline);
    expect({ code: text.code, empty: text.stdout === '' }).toEqual({ code: 0, empty: false });
  });

  it('check: 0 for the five bundled estates, 2 with line and column for a wrong one', async () => {
    for (const name of ['patronus', 'embassy', 'longjump', 'parking', 'software-servers']) {
      const file = path.join(ROOT, 'estates', `${name}.yaml`);
      const { code, stdout } = await patronus(['check', '--estate', file, '--json']);
      expect([name, code, Check.parse(JSON.parse(stdout)).problems]).toEqual([name, 0, []]);
    }
    const wrong = path.join(home, 'wrong.yaml');
    const text = await readFile(lab.estateFile, 'utf8');
    await writeFile(wrong, text.replace('port: 445', 'prot: 445').replace('- id: files', '- id: web'));
    const { code, stdout, stderr } = await patronus(['check', '--estate', wrong, '--json']);
    const check = Check.parse(JSON.parse(stdout));
    expect({ code, stderr, valid: check.valid }).toEqual({ code: 2, stderr: '', valid: false });
    expect(check.problems.length).toBeGreaterThanOrEqual(2);
    for (const { params } of check.problems) expect(params?.line).toMatch(/^\d+$/);
  });

  it.each([
    ['no command', []],
    ['a foreign command', ['fly', '--estate', 'x']],
    ['a missing file', ['status', '--estate', 'nowhere.yaml']],
    ['a folder', ['status', '--estate', '.']],
    ['a foreign option', ['status', '--estate', 'x', '--force']],
    ['no estate', ['topology', '--json']],
  ])('%s: exit 2, a sentence on stderr, nothing on stdout', async (_title, words) => {
    const { code, stdout, stderr } = await patronus(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^E_[A-Z_]+ {2}\S.*\n/);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('nothing can be asked offline, and the person is told: exit 4', async () => {
    const { code, stdout } = await patronus(['topology', ...estate(), '--json', '--egress', 'offline']);
    expect(code).toBe(4);
    const { hosts } = Topology.parse(JSON.parse(stdout));
    expect(hosts.map(({ error }) => error)).toEqual(['E_EGRESS', 'E_EGRESS', 'E_EGRESS']);
  });

  describe('trust', () => {
    const variant = (name: string, change: (ssh: Record<string, unknown>) => void) =>
      estateVariant(lab.estateFile, home, name, (raw) => change(sshOf(raw, 'db')));
    const trust = async (file: string, ...more: string[]) => {
      const ended = await patronus(['trust', 'db', '--estate', file, '--json', ...more]);
      return { ...ended, answer: ended.stdout === '' ? null : Trust.parse(JSON.parse(ended.stdout)) };
    };

    it('known: exit 0, nothing written', async () => {
      const { code, answer } = await trust(lab.estateFile);
      expect(code).toBe(0);
      expect(answer).toMatchObject({ host: 'db', verdict: 'known', written: null });
      expect(answer?.fingerprint).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
    });

    it('unknown: refused with 3 until the host is named again; then it is on record and the host is seen', async () => {
      const known = path.join(home, 'own_known_hosts');
      const file = await variant('trust', (ssh) => {
        Object.assign(ssh, { knownHosts: known });
        delete ssh.hostKeys;
      });
      await writeFile(known, '# mine\n', { mode: 0o600 });
      expect(await trust(file)).toMatchObject({ code: 3, answer: { verdict: 'unknown', written: null } });
      expect(await trust(file, '--confirm', 'files')).toMatchObject({ code: 3, answer: { written: null } });
      expect(await readFile(known, 'utf8')).toBe('# mine\n');
      expect(await trust(file, '--confirm', 'db')).toMatchObject({ code: 0, answer: { written: known } });
      expect((await stat(known)).mode & 0o777).toBe(0o600);
      expect(await readFile(known, 'utf8')).toMatch(/^# mine\n\[127\.0\.20\.2\]:2315 ssh-ed25519 \S+\n$/);
      expect(await trust(file)).toMatchObject({ code: 0, answer: { verdict: 'known' } });
      expect((await patronus(['status', '--estate', file])).code).toBe(0);
    });

    it('changed: refused with 3, also when confirmed, and nothing is written', async () => {
      await lab.fault('host-key', 'db');
      try {
        const { code, answer } = await trust(lab.estateFile, '--confirm', 'db');
        expect({ code, ...answer }).toMatchObject({ code: 3, verdict: 'changed', written: null });
      } finally {
        await lab.fault('host-key', 'db', '--restore');
      }
    });

    it('a closed port: exit 1 and the coded sentence', async () => {
      const file = await variant('closed', (ssh) => Object.assign(ssh, { host: '127.0.0.1', port: 1 }));
      const { code, stdout, stderr } = await trust(file);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/^E_TCP_REFUSED {2}db /);
    });

    it('a host that the estate does not have: refused, and nothing is dialled', async () => {
      const { code, stderr } = await patronus(['trust', 'nobody', ...estate()]);
      expect(code).toBeGreaterThan(0);
      expect(stderr).toMatch(/^E_NO_SUCH_HOST {2}/);
    });
  });

  it('ends quietly when whoever reads it has gone', async () => {
    const line = `${process.execPath} ${program} topology --estate ${lab.estateFile} --json | head -c 1`;
    const { stdout, stderr } = await runProgram(['sh', '-c', line], { env: environment(), cwd: home });
    expect({ stdout, stderr }).toEqual({ stdout: '{', stderr: '' });
  });

  it('is not led elsewhere by SSH settings of the person under loopback, and keeps its data closed', async () => {
    const data = path.join(home, '.local/share/patronus-console');
    await rm(data, { recursive: true, force: true });
    await mkdir(path.join(home, '.ssh'), { recursive: true });
    await writeFile(path.join(home, '.ssh/config'), 'Host *\n  ProxyJump nowhere\n');
    expect((await patronus(['status', ...estate()])).code).toBe(0);
    expect((await stat(data)).mode & 0o777).toBe(0o700);
  });
});

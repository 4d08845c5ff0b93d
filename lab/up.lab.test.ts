import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Estate } from '@shared/estate/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ansibleInventory } from './access/inventory';
import { readSecret } from './access/secrets';
import { type Lab, labOpen } from './api';
import { run } from './engine/run';
import {
  buildPrograms,
  freshBase,
  leftovers,
  livingNamespaces,
  namespacesOf,
  page,
  removeBase,
  smallLab,
  ssh,
  TEST_GATE_PORT,
} from './test-lab';

const GATES = { web: '127.0.10.1', db: '127.0.20.2', files: '127.0.20.1' } as const;

describe('the Patronus lab', () => {
  let lab: Lab;
  let base: string;

  beforeAll(async () => {
    base = await freshBase();
    lab = await smallLab(base, await buildPrograms(), { owner: { uid: 1234, gid: 1235 } });
  });
  afterAll(async () => {
    await lab?.down({ purge: true });
    await removeBase(base);
  });

  it('answers a user with the whole request path', async () => {
    const { status, body } = await page(lab);
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ ok: true, host: 'web' });
    expect(Object.keys(JSON.parse(body).steps)).toEqual([
      'arrive',
      'connect',
      'insert',
      'select',
      'file-write',
      'file-read',
    ]);
  });

  it('serves documents whose bytes are those the database states', async () => {
    for (const id of [1, 50, 100])
      expect(JSON.parse((await page(lab, `/document.php?id=${id}`)).body)).toMatchObject({ ok: true, id });
    expect((await page(lab, '/document.php?id=101')).status).toBe(404);
  });

  it('runs the engine that was asked for', async () => {
    const { stdout } = await lab.exec('db', ['/opt/lab/mysql.sh', 'sql', '-N', '-e', 'SELECT VERSION()']);
    expect(stdout).toMatch(/^9\.7\./);
    const { stdout: who } = await lab.exec('db', ['ss', '-tlnp']);
    expect(who).toContain('"mysqld"');
  });

  it('has light traffic, and real links that last', async () => {
    const { stdout } = await lab.exec('web', ['ss', '-tn', 'state', 'established']);
    expect(stdout).toContain('10.0.20.2:3306');
    expect(stdout).toContain('10.0.20.1:445');
  });

  it.each(Object.entries(GATES))(
    'lets the looking account in on %s, without privilege',
    async (name, address) => {
      const result = await ssh(lab, address, 'hostname; id -un; sudo -n true || echo no sudo');
      expect(result.stdout.trim().split('\n')).toEqual([name, 'patronus-watch', 'no sudo']);
    },
  );

  it('lets the acting account become root, and nobody in as root', async () => {
    expect((await ssh(lab, GATES.db, 'sudo -n id -u', { user: 'patronus-act' })).stdout.trim()).toBe('0');
    const asRoot = await run(
      [
        'ssh',
        '-F',
        '/dev/null',
        '-o',
        'BatchMode=yes',
        '-o',
        `UserKnownHostsFile=${base}/estate/known_hosts`,
        '-i',
        `${base}/keys/patronus-act`,
        '-p',
        String(TEST_GATE_PORT),
        'root@127.0.20.2',
        'id',
      ],
      { allowFailure: true },
    );
    expect(asRoot.stderr).toContain('Permission denied');
  });

  it('takes the right password of the one account that has one, and refuses a wrong one', async () => {
    const user = 'patronus-pw';
    const password = await readSecret(lab.raw.paths, 'ssh-password');
    expect((await ssh(lab, GATES.web, 'id -un', { user, password })).stdout.trim()).toBe(user);
    expect((await ssh(lab, GATES.web, 'id -un', { user, password: 'wrong' })).stderr).toContain(
      'Permission denied',
    );
    expect((await ssh(lab, GATES.web, 'id -un', { user: 'patronus-watch', password })).stderr).toContain(
      'Permission denied',
    );
  });

  it('hides from the looking account what real servers hide, and shows what they show', async () => {
    expect((await ssh(lab, GATES.db, 'ls /var/lib/mysql')).stderr).toContain('Permission denied');
    expect((await ssh(lab, GATES.web, 'cat /etc/patronus/database-password')).stderr).toContain(
      'Permission denied',
    );
    expect((await ssh(lab, GATES.files, 'cat /etc/samba/smb.conf')).stdout).toContain('path = /srv/patronus');
    expect((await ssh(lab, GATES.web, 'curl -s "http://127.0.0.1/server-status?auto"')).stdout).toContain(
      'Total Accesses',
    );
  });

  it('gives the SQL accounts just their grants', async () => {
    const as = async (user: string, secret: string, sql: string) => {
      const password = await readSecret(lab.raw.paths, secret);
      const script = `read -r MYSQL_PWD; export MYSQL_PWD; exec mysql --no-defaults -h 10.0.20.2 -u ${user} -N -e "$1"`;
      return lab.exec('db', ['sh', '-c', script, 'sh', sql], { input: `${password}\n`, allowFailure: true });
    };
    expect(
      (await as('patronus_watch', 'sql-watch', 'SHOW REPLICA STATUS; SHOW BINARY LOG STATUS')).status,
    ).toBe(0);
    expect(
      (
        await as(
          'patronus_watch',
          'sql-watch',
          'SELECT COUNT(*) FROM performance_schema.replication_connection_status',
        )
      ).status,
    ).toBe(0);
    expect((await as('patronus_watch', 'sql-watch', 'SELECT * FROM patronus.customers')).stderr).toContain(
      'denied',
    );
    expect((await as('patronus_watch', 'sql-watch', 'SET GLOBAL super_read_only=1')).stderr).toContain(
      'denied',
    );
    expect(
      (
        await as(
          'patronus_act',
          'sql-act',
          'SET GLOBAL super_read_only=1; SET GLOBAL super_read_only=0, GLOBAL read_only=0',
        )
      ).status,
    ).toBe(0);
    expect((await as('patronus_act', 'sql-act', 'SELECT * FROM patronus.customers')).stderr).toContain(
      'denied',
    );
  });

  it('writes an estate file that the schema takes, with its own ways in', async () => {
    const text = await readFile(lab.estateFile, 'utf8');
    const estate = Estate.parse(parse(text));
    for (const host of estate.hosts) {
      expect(host.ssh?.host).toMatch(/^127\./);
      expect(host.ssh?.hostKeys?.[0]).toMatch(/^ssh-ed25519 /);
    }
    expect(estate.services.find((s) => s.kind === 'mysql')?.sql?.credentials.read.user).toBe(
      'patronus_watch',
    );
    expect(text).toContain('# Patronus as its specification states it');
  });

  it('gives the console its files and nobody else', async () => {
    const console = [
      'estate/patronus.yaml',
      'keys/patronus-watch',
      'keys/patronus-act',
      'secrets/sql-watch',
      'secrets/sql-act',
      'secrets/ssh-password',
    ];
    for (const name of console) {
      const { uid, gid, mode } = await stat(join(base, name));
      expect([name, uid, gid, mode & 0o777]).toEqual([name, 1234, 1235, 0o600]);
    }
    for (const name of ['secrets/sql-app', 'secrets/share'])
      expect((await stat(join(base, name))).uid).toBe(0);
  });

  it('shows no password in any argv', async () => {
    const { stdout } = await run(['ps', '-eo', 'args']);
    for (const name of ['sql-watch', 'sql-act', 'sql-app', 'sql-repl', 'share', 'ssh-password']) {
      expect(stdout).not.toContain(await readSecret(lab.raw.paths, name));
    }
  });

  it('names the same hosts for ansible', async () => {
    const inventory = ansibleInventory(lab.raw);
    for (const [name, address] of Object.entries(GATES))
      expect(inventory).toContain(`${name} ansible_host=${address} ansible_port=${TEST_GATE_PORT}`);
    const args = /ansible_ssh_common_args=(.*)/.exec(inventory)?.[1]?.split(' ') ?? [];
    const key = /ansible_ssh_private_key_file=(.*)/.exec(inventory)?.[1] ?? '';
    const result = await run([
      'ssh',
      '-F',
      '/dev/null',
      ...args,
      '-i',
      key,
      '-p',
      String(TEST_GATE_PORT),
      'patronus-watch@127.0.10.1',
      'python3 --version',
    ]);
    expect(result.stdout).toContain('Python 3');
  });

  it('has no way out: no name resolves, nothing outside answers', async () => {
    expect(
      (await lab.exec('web', ['ip', 'route', 'get', '192.0.2.1'], { allowFailure: true })).stdout,
    ).toContain('via 10.0.0.1');
    const out = await lab.exec('web', ['curl', '-s', '-m', '2', 'http://192.0.2.1/'], { allowFailure: true });
    expect(out.status).not.toBe(0);
  });

  it('refuses to be another lab than the one it was made as', async () => {
    await expect(smallLab(base, { gate: '' }, { seed: 2 })).rejects.toMatchObject({
      code: 'E_OTHER_DATA',
      exitCode: 2,
    });
  });

  it('keeps its owner when it is brought up again without naming one', async () => {
    await (await labOpen({ base, log: () => {} })).mend();
    expect((await stat(lab.estateFile)).uid).toBe(1234);
  });

  it('keeps its data over down and up, and leaves nothing running between', async () => {
    const rows = async () =>
      (await lab.exec('db', ['/opt/lab/mysql.sh', 'sql', '-N', '-e', 'SELECT COUNT(*) FROM patronus.orders']))
        .stdout;
    const before = await rows();
    const namespaces = namespacesOf(lab.raw.paths);
    expect(namespaces.size).toBe(5);
    await lab.down();
    expect(await leftovers(base)).toEqual([]);
    expect(livingNamespaces(namespaces)).toEqual([]);
    await lab.down(); // nothing to end is no error
    await lab.mend();
    expect(await rows()).toBe(before);
    expect((await page(lab)).status).toBe(200);
  });
});

import { readdirSync, readlinkSync } from 'node:fs';
import { KINDS } from '@shared/kinds';
import { answerOf } from '@shared/snapshot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lab } from '../../lab/api';
import { buildPrograms, freshBase, removeBase, smallLab } from '../../lab/test-lab';
import { openConsole, type TestConsole } from './testing/console';

/** Apart from a person's lab and from the lab's own tests: all three may run at once. */
const GATE_PORT = 2310;
const HOSTS = ['web', 'db', 'files'] as const;

describe.each(['mysql', 'mariadb'] as const)('a look at Patronus with %s', (engine) => {
  let base: string;
  let lab: Lab;
  let desk: TestConsole;
  let traces: string[];

  beforeAll(async () => {
    base = await freshBase();
    lab = await smallLab(base, await buildPrograms(), { gatePort: GATE_PORT, engine });
    traces = await tracesOnHosts(lab);
    await generalLog(lab, 'ON');
    desk = await openConsole(lab.estateFile);
  });
  afterAll(async () => {
    await desk?.close();
    await lab?.down({ purge: true });
    await removeBase(base);
  });

  it('sees the three services, all up, and no other', async () => {
    expect(lab.engine).toBe(engine);
    const { nodes } = await desk.topology();
    const shown = nodes.map(({ id, host, kind, health, product }) => ({ id, host, kind, health, product }));
    const product = engine === 'mysql' ? 'MySQL' : 'MariaDB';
    expect(shown).toEqual([
      { id: 'web', host: 'web', kind: 'apache', health: 'up', product: 'Apache' },
      { id: 'db', host: 'db', kind: 'mysql', health: 'up', product },
      { id: 'files', host: 'files', kind: 'samba', health: 'up', product: 'Samba' },
    ]);
  });

  it('sees the three links, declared and observed, with the steps of a request, and invents none', async () => {
    const { links } = await desk.topology();
    const shown = links.map(({ from, to, protocol, port, declared, observed, unknown, path }) => ({
      link: `${from} → ${to} ${protocol} ${port}`,
      declared,
      observed,
      unknown,
      path,
    }));
    const seen = { declared: true, observed: true, unknown: false };
    expect(shown).toEqual([
      { link: 'users → web http 80', ...seen, path: [1, 5] },
      { link: 'web → db mysql 3306', ...seen, path: [3] },
      { link: 'web → files cifs 445', ...seen, path: [4] },
    ]);
    expect(links.find(({ to }) => to === 'files')?.configured).toEqual(['mount']);
  });

  it('finds what is wrong with it, and nothing that is not', async () => {
    const { findings } = await desk.topology();
    const critical = findings.filter(({ severity }) => severity === 'critical').map(({ code }) => code);
    expect(critical).toEqual([]);
    const codes = findings.map(({ code, nodes }) => `${code} ${nodes.join(' ')}`);
    for (const id of HOSTS) expect(codes).toContain(`SINGLE_POINT_OF_FAILURE ${id}`);
    expect(codes).toContain('NO_REPLICA db');
    for (const { code, evidence } of findings) {
      for (const { host, id } of evidence) {
        const { raw } = await desk.client.call('evidence.get', { host, id });
        expect([code, raw.length > 0]).toEqual([code, true]);
      }
    }
  });

  it('says of the database what the server says: standalone, writable, no lag to speak of', async () => {
    const { clusters } = await desk.client.call('replication.get', undefined);
    expect(clusters).toHaveLength(1);
    const [cluster] = clusters;
    expect(cluster?.findings.map(({ code }) => code)).toContain('NO_REPLICA');
    expect(cluster?.members).toMatchObject([
      { server: { node: 'db', host: 'db' }, role: 'standalone', writable: true, lag: null },
    ]);
    const [member] = cluster?.members ?? [];
    expect(member?.server.version?.slice(0, 2)).toEqual(engine === 'mysql' ? [9, 7] : [10, 11]);
    expect(member?.server.identity.serverId).toMatch(/^\d+$/);
    if (engine === 'mysql') expect(member?.server.identity.uuid).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('keeps the evidence of every fact, as sent and as answered', async () => {
    const { hosts } = await desk.snapshot();
    for (const [host, reading] of Object.entries(hosts)) {
      const answer = answerOf(reading);
      if (!answer) throw new Error(`${host} did not answer`);
      const facts = [answer.facts, ...Object.values(answer.services).map((service) => service.facts)];
      expect(facts.flatMap((some) => Object.keys(some)).length).toBeGreaterThan(20);
      for (const [id, fact] of facts.flatMap((some) => Object.entries(some))) {
        const evidence = await desk.client.call('evidence.get', { host, id: fact.evidence });
        expect([host, id, evidence.sent !== '', evidence.account]).toEqual([
          host,
          id,
          true,
          evidence.via === 'sql' ? 'patronus_watch' : 'patronus-watch',
        ]);
        expect(evidence.route).toContain(`:${GATE_PORT}`);
      }
      expect(answer.hostKey).toMatchObject({ type: 'ssh-ed25519', by: 'estate' });
    }
  });

  it('needs no more than the looking accounts: no probe fails for want of a right', async () => {
    const { hosts } = await desk.snapshot();
    for (const [host, reading] of Object.entries(hosts)) {
      expect([host, answerOf(reading)?.errors]).toEqual([host, []]);
      for (const service of Object.values(answerOf(reading)?.services ?? {}))
        expect(service.error).toBeUndefined();
    }
  });

  it('stays the same over 20 looks: no socket, process or session more', async () => {
    await desk.look();
    const before = { sockets: ownSockets(), onHosts: await sessionsOnHosts(lab) };
    for (let i = 0; i < 20; i++) await desk.look();
    expect(ownSockets()).toBe(before.sockets);
    await expect.poll(() => sessionsOnHosts(lab), { timeout: 5_000 }).toEqual(before.onHosts);
    const { hosts } = await desk.snapshot();
    expect(Object.values(hosts).map(({ state }) => state)).toEqual(['answered', 'answered', 'answered']);
  });

  it('sends the server no statement but those of its kinds, each of which only reads', async () => {
    const own = KINDS.flatMap(({ probes }) =>
      probes.flatMap((one) =>
        one.via === 'sql' && typeof one.statement === 'string' ? [one.statement] : [],
      ),
    );
    for (const statement of own) expect(statement).toMatch(/^(SELECT |SHOW |XA RECOVER$)/);
    const log = await statementsOf(lab, 'patronus_watch');
    expect(log.statements.length).toBeGreaterThan(20);
    expect(log.commands.filter((one) => !['Connect', 'Query', 'Quit'].includes(one))).toEqual([]);
    const foreign = log.statements.filter((statement) => !own.includes(statement));
    expect([...new Set(foreign)]).toEqual([]);
  });

  it('writes nothing on a server', async () => {
    expect(traces.length).toBeGreaterThan(1_000);
    expect(await tracesOnHosts(lab)).toEqual(traces);
  });

  it('closes everything it opened, in the middle of a look too', async () => {
    const sockets = ownSockets();
    const second = await openConsole(lab.estateFile, { waitForLook: false });
    const before = performance.now();
    await second.close();
    expect(performance.now() - before).toBeLessThan(4_000);
    expect(ownSockets()).toBe(sockets);
    await desk.close();
    await expect
      .poll(() => sessionsOnHosts(lab), { timeout: 5_000 })
      .toEqual({ web: 0, db: 0, files: 0, sql: 0 });
  });

  /** Every statement that the account sent, from the server's own log of all it was asked. */
  async function statementsOf(of: Lab, account: string) {
    const { stdout } = await of.exec('db', ['cat', '/var/log/mysql/general.log']);
    const ids = new Set<string>();
    const commands: string[] = [];
    const statements: string[] = [];
    for (const line of stdout.split('\n')) {
      const [, id = '', command = '', text = ''] =
        /\t\s*(\d+) ([A-Z][A-Za-z ]*?)(?:\t(.*))?$/.exec(line) ?? [];
      if (command === 'Connect' && text.startsWith(`${account}@`)) ids.add(id);
      if (!ids.has(id)) continue;
      commands.push(command);
      if (command === 'Query') statements.push(text.trim());
    }
    return { commands, statements };
  }

  async function generalLog(of: Lab, state: 'ON'): Promise<void> {
    const sql = `SET GLOBAL log_output='FILE'; SET GLOBAL general_log_file='/var/log/mysql/general.log'; SET GLOBAL general_log=${state}`;
    await of.exec('db', [`/opt/lab/${engine}.sh`, 'sql', '-e', sql]);
  }
});

/** Every file and folder where an account could leave something, with size and time of change. */
async function tracesOnHosts(lab: Lab): Promise<string[]> {
  const found = HOSTS.map(async (host) => {
    const places = ['/home', '/root', '/tmp', '/var/tmp', '/dev/shm', '/etc', '/opt', '/srv', '/usr/local'];
    const files = ['find', ...places, '-xdev', '-type', 'f', '-printf', '%p %s %T@ %u\\n'];
    const folders = ['find', ...places, '-xdev', '!', '-type', 'f', '-printf', '%p\\n'];
    const owned = ['find', '/', '-xdev', '-user', 'patronus-watch', '-printf', '%p\\n'];
    const outputs = await Promise.all(
      [files, folders, owned].map((argv) => lab.exec(host, argv, { allowFailure: true })),
    );
    return outputs
      .flatMap(({ stdout }) => stdout.split('\n').filter((line) => !isTraffic(line)))
      .map((line) => `${host} ${line}`);
  });
  return (await Promise.all(found)).flat().sort();
}

/** What the lab's own users write while we look. */
const isTraffic = (line: string) => line.startsWith('/srv/patronus');

/** Processes of the looking account on each host, and its sessions at the SQL server. */
async function sessionsOnHosts(lab: Lab): Promise<Record<string, number>> {
  const counts = HOSTS.map(async (host) => {
    const { stdout } = await lab.exec(host, ['pgrep', '-c', '-u', 'patronus-watch'], { allowFailure: true });
    return [host, Number(stdout)] as const;
  });
  const script = `/opt/lab/${lab.engine}.sh`;
  const sql = "SELECT COUNT(*) FROM information_schema.processlist WHERE user = 'patronus_watch'";
  const { stdout } = await lab.exec('db', [script, 'sql', '-N', '-e', sql]);
  return { ...Object.fromEntries(await Promise.all(counts)), sql: Number(stdout) };
}

/** Sockets that this process holds. */
function ownSockets(): number {
  const links = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return ''; // the folder's own, closed meanwhile
    }
  });
  return links.filter((link) => link.startsWith('socket:')).length;
}

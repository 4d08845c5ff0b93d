import { KINDS } from '@shared/kinds';
import { answerOf } from '@shared/snapshot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lab } from '../../lab/api';
import { buildPrograms, freshBase, removeBase, smallLab } from '../../lab/test-lab';
import { openConsole, type TestConsole } from './testing/console';
import { estateVariant } from './testing/estate-variant';

/** Apart from every other lab: all may run at once. */
const GATE_PORT = { mysql: 2420, mariadb: 2421 } as const;
const ACCOUNT = 'patronus_watch';
/** Seconds of ordinary watching, one look a second, in which statements are counted. */
const WATCHED_MS = 8_000;
const POLLS = 300;
const NODES = ['db-a', 'db-b', 'db-c'] as const;

/** What docs/replication.md tells people to grant, as the servers print it; a statement that needs more fails. */
const GRANTS = {
  mysql: [
    'PROCESS, REPLICATION CLIENT ON *.*',
    'XA_RECOVER_ADMIN ON *.*',
    'SELECT ON `performance_schema`.*',
    'SELECT ON `mysql`.`global_grants`',
    'SELECT (`Host`, `Super_priv`, `User`, `account_locked`, `plugin`) ON `mysql`.`user`',
  ],
  mariadb: [
    'PROCESS, BINLOG MONITOR, SLAVE MONITOR ON *.*',
    'SELECT (`Host`, `Super_priv`, `User`, `plugin`) ON `mysql`.`user`',
  ],
} as const;
/** Rules that this account cannot feed, as the document says. */
const UNSEEN = {
  mysql: ['EVENTS_ENABLED_ON_REPLICA', 'EVENTS_OFF_ON_PRIMARY'],
  mariadb: ['PRIVILEGED_WRITERS', 'EVENTS_ENABLED_ON_REPLICA', 'EVENTS_OFF_ON_PRIMARY'],
} as const;

describe.each(['mysql', 'mariadb'] as const)('reading the servers of a chain of %s', (engine) => {
  let base: string;
  let lab: Lab;
  let desk: TestConsole;

  beforeAll(async () => {
    base = await freshBase();
    lab = await smallLab(base, await buildPrograms(), {
      gatePort: GATE_PORT[engine],
      engine,
      estate: 'replication/chain',
    });
    for (const node of NODES) {
      await sql(
        node,
        `SET GLOBAL log_output='FILE'; SET GLOBAL general_log_file='/var/log/mysql/general.log'; SET GLOBAL general_log=ON${engine === 'mariadb' ? '; SET GLOBAL userstat=1' : ''}`,
      );
    }
    // The account of the lab serves more than looking: here it gets the documented rights and no other.
    if (engine === 'mariadb') for (const node of NODES) await sql(node, REVOKED);
    const file = await estateVariant(lab.estateFile, `${base}/estate`, 'fast', (estate) => {
      estate.watch = { everySeconds: 1 };
    });
    desk = await openConsole(file);
  });
  afterAll(async () => {
    await desk?.close();
    await lab?.down({ purge: true });
    await removeBase(base);
  });

  const sql = async (node: string, statement: string): Promise<string> => {
    const argv = [`/opt/lab/${engine}.sh`, 'sql', '-N', '-B', '-e', statement];
    return (await lab.exec(node, argv)).stdout.trim();
  };

  it('needs exactly the documented rights: nothing fails for want of one, and what stays unseen is known', async () => {
    const printed = await sql('db-b', `SHOW GRANTS FOR '${ACCOUNT}'@'127.0.0.1'`);
    const granted = printed
      .split('\n')
      .flatMap((line) => /^GRANT (.*) TO /.exec(line)?.[1] ?? [])
      .filter((grant) => grant !== 'USAGE ON *.*')
      .map((grant) =>
        grant.replace(/\((.*)\)/, (_, list: string) => `(${list.split(', ').sort().join(', ')})`),
      );
    expect(granted.sort()).toEqual([...GRANTS[engine]].sort());

    const { hosts } = await desk.snapshot();
    expect(Object.entries(hosts).map(([host, reading]) => [host, answerOf(reading)?.errors])).toEqual(
      Object.keys(hosts).map((host) => [host, []]),
    );
    // Lag under load is known once there is more than one look to compare.
    const unseen = async () => {
      const { clusters } = await desk.client.call('replication.get', undefined);
      return clusters.flatMap(({ rules }) => rules.unknown).sort();
    };
    await expect.poll(unseen, { timeout: 15_000 }).toEqual([...UNSEEN[engine]].sort());
    const { clusters } = await desk.client.call('replication.get', undefined);
    const replica = clusters[0]?.members.find(({ server }) => server.node === 'db-b')?.server;
    expect(replica).toMatchObject({
      state: 'answers',
      readOnly: true,
      channels: [{ receiver: 'on', applier: 'on', receiverError: null, applierError: null, filters: [] }],
      notUnderstood: [],
    });
  });

  it('asks at most 8 statements a look, and 20 more a minute; each look costs the server little', async () => {
    const before = await counted('db-b');
    const spent = await spentMs('db-b');
    await new Promise((resolve) => setTimeout(resolve, WATCHED_MS));
    const after = await counted('db-b');
    const ms = (await spentMs('db-b')) - spent;
    const looks = after.looks - before.looks;
    const polled = (after.polled - before.polled) / looks;
    expect(looks).toBeGreaterThan(4);
    expect(polled).toBeLessThanOrEqual(8);
    // Of the slower ones each at most once in the first look; a minute later they would come again.
    expect(Math.max(...after.others.values())).toBeLessThanOrEqual(2);
    expect(after.others.size).toBeLessThanOrEqual(20);
    console.log(
      `${engine}: ${looks} looks, ${polled.toFixed(1)} statements each, ${after.others.size} slower ones, ${(ms / looks).toFixed(1)} ms of the server a look`,
    );
    expect(ms / looks).toBeLessThan(100);
  });

  it(`sends nothing but its reading statements in ${POLLS} polls, and leaves no connection behind`, async () => {
    const allowed = new Set(STATEMENTS.map(({ text }) => text));
    for (const text of allowed) expect(text).toMatch(/^(SELECT |SHOW |XA RECOVER$)/);
    const polls = async () =>
      (await Promise.all(NODES.map(counted))).reduce((sum, { looks }) => sum + looks, 0);
    const sessions = async () => Promise.all(NODES.map(async (node) => Number(await sql(node, SESSIONS))));
    const open = await sessions();
    let seen = await polls();
    const until = seen + POLLS;
    while (seen < until) {
      for (let i = 0; i < 10; i += 1) await Promise.all(NODES.map((node) => desk.look(node)));
      seen = await polls();
    }
    await expect.poll(sessions, { timeout: 5_000 }).toEqual(open);
    for (const node of NODES) {
      const { statements, commands } = await logOf(node);
      expect(commands.filter((one) => !['Connect', 'Query', 'Quit'].includes(one))).toEqual([]);
      expect([...new Set(statements.filter((text) => !allowed.has(text)))]).toEqual([]);
      expect(statements.length).toBeGreaterThan(POLLS);
    }
    await desk.close();
    await expect.poll(sessions, { timeout: 5_000 }).toEqual(NODES.map(() => 0));
  }, 150_000);

  interface Counted {
    looks: number;
    /** Statements of every look. */
    polled: number;
    /** How often each of the slower ones was asked. */
    others: Map<string, number>;
  }
  async function counted(node: string): Promise<Counted> {
    const { statements } = await logOf(node);
    const cadence = new Map(STATEMENTS.map(({ text, every }) => [text, every]));
    const others = new Map<string, number>();
    let [looks, polled] = [0, 0];
    for (const text of statements) {
      if (cadence.get(text) === 'poll') polled += 1;
      else others.set(text, (others.get(text) ?? 0) + 1);
      if (text.startsWith('SHOW GLOBAL VARIABLES')) looks += 1;
    }
    return { looks, polled, others };
  }

  /** What the account sent, from the server's own log of all it was asked. */
  async function logOf(node: string) {
    const { stdout } = await lab.exec(node, ['cat', '/var/log/mysql/general.log']);
    const ids = new Set<string>();
    const commands: string[] = [];
    const statements: string[] = [];
    for (const line of stdout.split('\n')) {
      const [, id = '', command = '', text = ''] =
        /\t\s*(\d+) ([A-Z][A-Za-z ]*?)(?:\t(.*))?$/.exec(line) ?? [];
      if (command === 'Connect' && text.startsWith(`${ACCOUNT}@`)) ids.add(id);
      if (!ids.has(id)) continue;
      commands.push(command);
      if (command === 'Query') statements.push(text.trim());
    }
    return { commands, statements };
  }

  /** Milliseconds that the server has spent on statements of the account since it started. */
  async function spentMs(node: string): Promise<number> {
    const picoseconds = `SELECT SUM(SUM_TIMER_WAIT) / 1e9 FROM performance_schema.events_statements_summary_by_user_by_event_name WHERE USER = '${ACCOUNT}'`;
    const seconds = `SELECT BUSY_TIME * 1000 FROM information_schema.USER_STATISTICS WHERE USER = '${ACCOUNT}'`;
    return Number(await sql(node, engine === 'mysql' ? picoseconds : seconds));
  }
});

const REVOKED = ['10.%', '127.0.0.1']
  .map((from) => `SET sql_log_bin=0; REVOKE SELECT ON performance_schema.* FROM '${ACCOUNT}'@'${from}'`)
  .join('; ');
const SESSIONS = `SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER = '${ACCOUNT}'`;
const STATEMENTS = KINDS.flatMap(({ probes }) =>
  probes.flatMap((probe) => {
    if (probe.via !== 'sql' || typeof probe.statement !== 'string') return [];
    return [{ text: probe.statement, every: probe.every }];
  }),
);

import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HostAnswer } from '@shared/snapshot';
import { REQUEST_BYTES } from '../electron/core/ssh/resident-shell';
import { runProgram } from '../electron/core/testing/command-line';
import { openConsole, type TestConsole } from '../electron/core/testing/console';
import { estateVariant } from '../electron/core/testing/estate-variant';
import type { Lab } from '../lab/api';
import { initPid } from '../lab/engine/lab';
import { type CpuAccount, openCpuAccount, ownCpu } from './cpu-account';
import type { Figure, Section } from './report';
import { summarise } from './stats';

const METHOD = `Method: the core watches the lab, one look a second so that it does not take four minutes; what a look asks for does
not depend on the period. On each host the sshd process of the console's session and the shell it keeps there are put into a control group, where
the kernel counts the CPU time of it and of everything it starts in nanoseconds; its own time (encryption, by the
scheduler's count) is taken off and given apart. A look counts as steady when only the polled probes ran; looks with
the 30-second probes (sockets, disks) are given apart. Bytes of the answers are those received on the channels, login
noise and framing included; the next line adds what is sent: the line that asks the shell on the host for one more run
of the script that it got with the connection. Bytes on the
wire are what the kernel sent and received on the TCP connection of the SSH session in both directions, encryption
included (on db with SQL, on web with HTTP inside). SQL: the bytes of a steady look's answers, and the time the server
itself says it spent on each statement.`;

const HOSTS = ['web', 'db', 'files'] as const;
type Host = (typeof HOSTS)[number];
/** After a look its last child may still be waited for. */
const SETTLE_MS = 150;
const GIVE_UP_MS = 300_000;

interface Sample {
  startedMs: number;
  sshdMs: number;
  answerBytes: number;
  sentBytes: number;
  sqlBytes: number;
  sqlStatements: number;
  slow: boolean;
}

/** CPU and bytes of steady looks, host by host. */
export async function measurePolling(lab: Lab, polls: number): Promise<Section> {
  const title = 'What a steady look costs a host';
  const folder = await mkdtemp(path.join(tmpdir(), 'patronus-bench-'));
  const file = await estateVariant(lab.estateFile, folder, 'each-second', (estate) => {
    estate.watch = { everySeconds: 1 };
  });
  const desk = await openConsole(file);
  try {
    await sleep(3_000);
    const sessions = await Promise.all(HOSTS.map(async (host) => [host, await sshdOf(lab, host)] as const));
    const accounts = sessions.map(([host, pid]) => [host, pid, openCpuAccount(pid)] as const);
    if (accounts.some(([, , account]) => account === null)) {
      const missing = ['CPU: no control group can be made here (cpuacct, or cgroup 2 with a writable root)'];
      return { title, method: METHOD, figures: [], missing };
    }
    const wireBefore = await wireBytes(lab);
    const sqlBefore = await serverTime(lab);
    const samples = await collect(desk, accounts, polls);
    const wire = await wireBytes(lab);
    const sqlMs = (await serverTime(lab)) - sqlBefore;
    for (const [, , account] of accounts) account?.close();
    const figures = HOSTS.flatMap((host) => figuresOf(host, samples.get(host) ?? []));
    const db = samples.get('db') ?? [];
    const statements = db.reduce((sum, one) => sum + one.sqlStatements, 0);
    const single = (value: number) => summarise([value]);
    return {
      title,
      method: METHOD,
      missing: [],
      figures: [
        ...figures,
        ...HOSTS.map((host) => ({
          name: `${host}: bytes on the wire a look, mean of all`,
          unit: 'B',
          summary: single(((wire[host] ?? 0) - (wireBefore[host] ?? 0)) / (samples.get(host)?.length ?? 1)),
        })),
        {
          name: 'db: SQL bytes a look',
          unit: 'B',
          summary: summarise(steady(db).map((one) => one.sqlBytes)),
        },
        { name: 'db: SQL server time a statement, mean', unit: 'ms', summary: single(sqlMs / statements) },
      ],
    };
  } finally {
    await desk.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const steady = (samples: readonly Sample[]) => samples.filter((one) => !one.slow);

function figuresOf(host: Host, samples: readonly Sample[]): Figure[] {
  const calm = steady(samples);
  const slow = samples.filter((one) => one.slow);
  return [
    {
      name: `${host}: CPU of what a look starts`,
      unit: 'ms',
      summary: summarise(calm.map((one) => one.startedMs)),
      goal: '5',
    },
    { name: `${host}: CPU of sshd itself`, unit: 'ms', summary: summarise(calm.map((one) => one.sshdMs)) },
    {
      name: `${host}: bytes of the answers`,
      unit: 'B',
      summary: summarise(calm.map((one) => one.answerBytes)),
    },
    {
      name: `${host}: bytes of commands and answers`,
      unit: 'B',
      summary: summarise(calm.map((one) => one.answerBytes + one.sentBytes)),
      goal: '2000',
    },
    ...(slow.length === 0
      ? []
      : [
          {
            name: `${host}: CPU with the 30 s probes`,
            unit: 'ms',
            summary: summarise(slow.map((one) => one.startedMs)),
          },
        ]),
  ];
}

type Accounts = readonly (readonly [Host, number, CpuAccount | null])[];

/** Listens until every host was looked at `polls` times. */
async function collect(desk: TestConsole, accounts: Accounts, polls: number): Promise<Map<Host, Sample[]>> {
  const samples = new Map<Host, Sample[]>(HOSTS.map((host) => [host, []]));
  const last = new Map<Host, { used: number; own: number; answer: HostAnswer | null }>();
  const note = (host: Host, pid: number, account: CpuAccount, answer: HostAnswer) => {
    const now = { used: account.used(), own: ownCpu(pid), answer };
    const before = last.get(host);
    last.set(host, now);
    if (!before?.answer) return;
    const sshdMs = now.own - before.own;
    const startedMs = now.used - before.used - sshdMs;
    samples.get(host)?.push({ startedMs, sshdMs, ...askedSince(before.answer, answer) });
  };
  const stop = desk.client.on('host.changed', ({ host, reading }) => {
    const found = accounts.find(([id]) => id === host);
    if (!found?.[2] || reading.state !== 'answered') return;
    const [id, pid, account] = found;
    setTimeout(() => note(id, pid, account, reading.answer), SETTLE_MS);
  });
  const until = performance.now() + GIVE_UP_MS;
  while ([...samples.values()].some((some) => steady(some).length < polls)) {
    if (performance.now() > until) throw new Error('the looks did not come');
    await sleep(200);
  }
  stop();
  await sleep(2 * SETTLE_MS);
  return samples;
}

/** What the evidence says was asked between two answers. */
function askedSince(before: HostAnswer, now: HostAnswer): Omit<Sample, 'startedMs' | 'sshdMs'> {
  const times = new Map(before.evidence.map(({ id, at }) => [id, at]));
  const asked = now.evidence.filter(({ id, at }) => times.get(id) !== at);
  const sum = (some: readonly { bytes: number }[]) => some.reduce((total, { bytes }) => total + bytes, 0);
  const commands = asked.filter(({ via }) => via === 'ssh');
  const sql = asked.filter(({ via }) => via === 'sql');
  return {
    answerBytes: sum(commands),
    sentBytes: commands.reduce((total, { id, sent }) => total + sentFor(id, sent), 0),
    sqlBytes: sum(sql),
    sqlStatements: sql.length,
    slow: asked.some(({ id, via }) => via === 'ssh' && id !== 'host.poll'),
  };
}

/** The poll's script went to the host with the connection; each look sends the line that asks for a run. */
const sentFor = (id: string, sent: string) => (id === 'host.poll' ? REQUEST_BYTES : Buffer.byteLength(sent));

/** The sshd process that serves the console's session on a host: it starts what a look starts. */
async function sshdOf(lab: Lab, host: Host): Promise<number> {
  const space = readlinkSync(`/proc/${await initPid(lab.raw, host)}/ns/pid`);
  const { stdout } = await lab.exec(host, ['id', '-u', 'patronus-watch']);
  const uid = stdout.trim();
  const found = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && isSessionOf(pid, space, uid));
  const [only, ...more] = found;
  if (only === undefined || more.length > 0) throw new Error(`${host} has ${found.length} sessions, not one`);
  return Number(only);
}

function isSessionOf(pid: string, space: string, uid: string): boolean {
  try {
    if (readlinkSync(`/proc/${pid}/ns/pid`) !== space) return false;
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return /^Name:\tsshd$/m.test(status) && /^Uid:\t\d+\t(\d+)/m.exec(status)?.[1] === uid;
  } catch {
    return false; // ended meanwhile
  }
}

/** Bytes sent and received so far on the SSH connection to each host, as the kernel counted them. */
async function wireBytes(lab: Lab): Promise<Partial<Record<Host, number>>> {
  const counts: Partial<Record<Host, number>> = {};
  for (const host of HOSTS) {
    const gate = lab.raw.spec.hosts.find(({ name }) => name === host)?.gate;
    const argv = ['ss', '-tinHO', 'state', 'established', 'dst', `${gate}:${lab.raw.config.gatePort}`];
    const { stdout } = await runProgram(argv);
    const sum = [...stdout.matchAll(/\bbytes_(?:sent|received):(\d+)/g)].reduce(
      (all, [, n]) => all + Number(n),
      0,
    );
    counts[host] = sum;
  }
  return counts;
}

/** Milliseconds the SQL server has spent on statements of the looking account. */
async function serverTime(lab: Lab): Promise<number> {
  const sql = `SELECT SUM(SUM_TIMER_WAIT) / 1e9 FROM performance_schema.events_statements_summary_by_user_by_event_name WHERE USER = 'patronus_watch'`;
  const { stdout } = await lab.exec('db', [`/opt/lab/${lab.engine}.sh`, 'sql', '-N', '-e', sql]);
  return Number(stdout);
}

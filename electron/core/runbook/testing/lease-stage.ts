import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Estate } from '@shared/estate/schema';
import type { Identity } from '@shared/identity/identity';
import { RunPlan } from '@shared/runbook/plan';
import type { z } from 'zod';
import { nodeClock } from '../../ports-node';
import { type Mariadb, startMariadb } from '../../sql/testing/mariadb';
import { estateOf } from '../../ssh/testing/estate';
import { makeHome, type TestHome } from '../../ssh/testing/home';
import { type LeaseOptions, type RunLease, takeLease } from '../lease';
import { type PlainCrew, plainCrew } from './plain-crew';
import { type RemoteHost, startRemoteHost } from './remote-host';

/** Two real servers with SSH and MariaDB, and as many consoles as a test wants. */
export interface LeaseStage {
  home: TestHome;
  hosts: RemoteHost[];
  servers: Mariadb[];
  estate: Estate;
  plan: RunPlan;
  /** A console of its own desk: data folder, connections, name. */
  console(who: string): Desk;
  stop(): Promise<void>;
}
export interface Desk {
  crew: PlainCrew;
  who: string;
  dataDir: string;
  take(runId: string, more?: Partial<LeaseOptions>): Promise<RunLease>;
}

/** Never in any file on a server, nor in a lease, record or plan. */
export const STAGE_PASSWORD = 'Canary-5f1c.of.the.stage';
const ACCOUNT = { user: 'acting', secret: 'env:STAGE_SQL' };

export async function leaseStage(): Promise<LeaseStage> {
  const home = makeHome();
  const sql = `CREATE USER acting@'%' IDENTIFIED BY '${STAGE_PASSWORD}';\nGRANT ALL ON *.* TO acting@'%';\n`;
  const [hosts, servers] = await Promise.all([
    Promise.all(['a', 'b'].map((id) => startRemoteHost(home, id))),
    Promise.all(['a', 'b'].map(() => startMariadb(home, sql))),
  ]);
  const estate = estateOf(
    hosts.map(({ host }) => host),
    servers.map(({ port }, index) => ({
      id: `db-${index}`,
      kind: 'mariadb',
      role: 'database',
      hosts: [hosts[index]?.host.id ?? ''],
      sql: { host: '127.0.0.1', port, credentials: { read: ACCOUNT, act: ACCOUNT } },
    })),
  );
  const plan = stagePlan(servers.map((_, index) => [hosts[index]?.host.id ?? '', `db-${index}`]));
  const desks: Desk[] = [];
  return {
    home,
    hosts,
    servers,
    estate,
    plan,
    console(who) {
      const dataDir = join(home.dir, `desk-${desks.length}`);
      mkdirSync(dataDir);
      const base = home.ports();
      const paths = { ...base.paths, dataDir, env: { STAGE_SQL: STAGE_PASSWORD } };
      const crew = plainCrew(estate, home.dir, plan, { ...base, paths });
      const { signal } = new AbortController();
      const common = { plan, crew, who, clock: nodeClock, signal, dataDir };
      const desk = {
        crew,
        who,
        dataDir,
        take: (runId: string, more: Partial<LeaseOptions> = {}) => takeLease({ ...common, runId, ...more }),
      };
      desks.push(desk);
      return desk;
    },
    async stop() {
      await Promise.all(desks.map(({ crew }) => crew.dispose()));
      await Promise.all(servers.map((server) => server.stop()));
      await Promise.all(hosts.map(({ sshd }) => sshd.stop()));
      home.remove();
    },
  };
}

/** The smallest plan that is kept on these servers. */
export function stagePlan(targets: readonly (readonly [host: string, service: string | null])[]): RunPlan {
  const identity = (host: string): Identity => ({
    host,
    hostKey: 'not looked at here',
    name: null,
    machine: null,
    sql: null,
  });
  const input: z.input<typeof RunPlan> = {
    version: 1,
    procedure: 'test',
    title: { code: 'title' },
    estate: 'test',
    subject: 'cluster main',
    confirm: 'a',
    madeAt: 1,
    targets: Object.fromEntries(
      targets.map(([host, service]) => [host, { host, service, identity: identity(host) }]),
    ),
    keptOn: targets.map(([host]) => host),
    secrets: {},
    facts: [],
    steps: [
      {
        id: 'first',
        kind: 'act',
        number: '1',
        title: { code: 'first ⟨name⟩ é' },
        target: targets[0]?.[0] ?? null,
        track: 'database',
        nature: 'reversible',
        apply: [{ kind: 'ssh', target: targets[0]?.[0] ?? '', argv: ['true'], timeoutMs: 1000 }],
      },
    ],
  };
  return RunPlan.parse(input);
}

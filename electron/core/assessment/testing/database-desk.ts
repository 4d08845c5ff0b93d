import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { assessmentOf } from '@shared/assessment/assess';
import { MYSQL_CHECKS } from '@shared/assessment/mysql-checks';
import { MYSQL_PROBES } from '@shared/assessment/mysql-probes';
import type { Assessment } from '@shared/views/assessment';
import { nullJournal } from '../../journal/null-journal';
import { openEstate } from '../../open-estate';
import type { Ports } from '../../ports';
import { nodeClock, personPaths, refusingAsk, stderrLog } from '../../ports-node';
import { createKeeper } from '../../secrets/keeper';
import { noKeyring } from '../../secrets/keyring';
import { gather } from '../gather';

/** An open estate of which only the databases are assessed: what is asked of hosts takes minutes on a busy machine. */
export interface DatabaseDesk {
  run(): Promise<Assessment>;
  close(): Promise<void>;
}

/** @throws Error when the estate file is wrong */
export async function databaseDesk(file: string): Promise<DatabaseDesk> {
  const home = await mkdtemp(path.join(tmpdir(), 'patronus-assess-'));
  const paths = { ...personPaths({}, home), dataDir: path.join(home, 'data') };
  const ports: Ports = {
    clock: nodeClock,
    log: stderrLog('silent'),
    ask: refusingAsk,
    paths,
    journal: nullJournal,
  };
  const opened = await openEstate({
    file,
    ports,
    egress: 'loopback',
    bundledEstatesDir: path.join(home, 'no-estates'),
    keeper: createKeeper({
      dir: path.join(home, 'secrets'),
      clock: nodeClock,
      keyring: noKeyring('command-line'),
      idleMinutes: async () => 15,
    }),
    onChange: () => {},
    onWoke: () => {},
  });
  if (!opened.ok) throw new Error(opened.error.map(({ message }) => message).join('\n'));
  const open = opened.value;
  const { signal } = new AbortController();
  return {
    async run() {
      const gathered = await gather({ open, ports, signal, probes: MYSQL_PROBES });
      const input = { estate: open.estate, gathered, seedSeconds: null };
      return assessmentOf(input, { probes: MYSQL_PROBES, checks: MYSQL_CHECKS });
    },
    async close() {
      await open.dispose();
      await rm(home, { recursive: true, force: true });
    },
  };
}

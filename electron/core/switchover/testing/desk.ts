import path from 'node:path';
import type { JournalEvent } from '@shared/journal/entry';
import type { ReplicationCluster } from '@shared/replication/model';
import type { SwitchoverReadings } from '@shared/switchover/readings';
import { createDialer } from '../../net/dial';
import { policyFor } from '../../net/policy';
import { nodeClock, personPaths, refusingAsk, stderrLog } from '../../ports-node';
import { readEstate } from '../../read-estate';
import { createSecretStore } from '../../secrets/secret-store';
import { createSessions } from '../../ssh/sessions';
import { openConsole } from '../../testing/console';
import { gatherSwitchover } from '../gather';

/** The acting accounts of an estate file, as the console has them, and what they sent. */
export interface ActingDesk {
  cluster: ReplicationCluster;
  sent: JournalEvent[];
  gather(from: string, to: string, others: readonly string[]): Promise<SwitchoverReadings>;
  close(): Promise<void>;
}

/** Looks once with the looking account, for the picture that a switchover begins with. */
export async function openDesk(file: string, home: string): Promise<ActingDesk> {
  const look = await openConsole(file);
  const [cluster] = (await look.client.call('replication.get', undefined)).clusters;
  await look.close();
  const read = await readEstate(file);
  if (!read.ok || !cluster) throw new Error(`${file} cannot be acted on`);
  const estate = read.value;
  const estateDir = path.dirname(file);
  const sent: JournalEvent[] = [];
  const journal = {
    note: (event: JournalEvent) => void sent.push(event),
    commit: async (event: JournalEvent) => void sent.push(event),
  };
  const paths = personPaths({}, home);
  const ports = { clock: nodeClock, log: stderrLog('silent'), ask: refusingAsk, paths, journal };
  const where = { estate, estateFile: file, bundledEstatesDir: path.join(home, 'no-estates'), paths };
  const dialer = createDialer(policyFor({ ...where, requested: 'loopback' }), ports);
  const secrets = createSecretStore({ estateDir, ports });
  const sessions = createSessions({ estate, estateDir, dialer, secrets, ports });
  const { signal } = new AbortController();
  const common = { estate, estateDir, sessions, dialer, secrets, ports, cluster, signal };
  return {
    cluster,
    sent,
    gather: (from, to, others) => gatherSwitchover({ ...common, from, to, others }),
    close: () => sessions.dispose(),
  };
}

import {
  CONFIGURATION_SCRIPT,
  configurationOf,
  OWN_FILE_SCRIPT,
  ownFileText,
} from '@shared/switchover/reading/configuration';
import type { ConfigurationReading } from '@shared/switchover/readings';
import { failure } from '../net/failure';
import type { Lease } from '../ssh/lease';
import { runSsh } from '../ssh/run-ssh';

const TIMEOUT_MS = 10_000;

/**
 * The option files of a running MariaDB server that set read_only, and ours. Rejects with Failure: E_CONFIG_HIDDEN
 * when the account may not read all of them, and what runSsh rejects with.
 * @param pidFile the server's own `pid_file`: more than one may run on the host
 */
export async function readConfiguration(
  lease: Lease,
  pidFile: string,
  signal: AbortSignal,
): Promise<ConfigurationReading> {
  const run = (script: string, argument: string) =>
    runSsh(lease, ['sh', '-c', script, 'configuration', argument], {
      name: 'switchover.configuration',
      timeoutMs: TIMEOUT_MS,
      signal,
    });
  const found = configurationOf((await run(CONFIGURATION_SCRIPT, pidFile)).stdout);
  if (found.state === 'hidden') throw failure('E_CONFIG_HIDDEN', lease.hostId, { account: lease.user });
  const own = await run(OWN_FILE_SCRIPT, found.reading.ours);
  if (own.exit !== 0) throw failure('E_CONFIG_HIDDEN', lease.hostId, { account: lease.user });
  return { ...found.reading, oursText: ownFileText(own.stdout) };
}

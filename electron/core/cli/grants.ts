import path from 'node:path';
import { lastTold } from '@shared/failover/last-seen';
import { grantsToText } from '@shared/paper/grants-text';
import { replicationOf } from '@shared/replication/replication-of';
import type { Snapshot } from '@shared/snapshot';
import { grantsOf } from '@shared/switchover/grants-of';
import { failure } from '../net/failure';
import { readEstate } from '../read-estate';
import { lastLook } from '../recorder/last-look';
import type { GrantsArguments } from './acting-arguments';
import { EXIT, type Io, printError, printJson } from './io';

/**
 * `grants HOST`: what its acting accounts need, as SQL and as lines for sudoers. Opens no connection: a server's version
 * is the one of the last look. 4 when one was not read yet.
 */
export async function grantsCommand(asked: GrantsArguments, dataDir: string, io: Io): Promise<number> {
  const file = path.resolve(io.cwd, asked.estate);
  const read = await readEstate(file);
  if (!read.ok) {
    for (const problem of read.error) printError(io, problem, asked.language);
    return EXIT.usage;
  }
  const estate = read.value;
  if (!estate.hosts.some(({ id }) => id === asked.host)) {
    printError(io, failure('E_NO_SUCH_HOST', null, { id: asked.host }).error, asked.language);
    return EXIT.usage;
  }
  const none: Snapshot = { estate: estate.estate, takenAt: 0, periodMs: 1, hosts: {} };
  const snapshot = (await lastLook(dataDir, file)) ?? none;
  const logBase = (service: string) => lastTold(snapshot.hosts[asked.host], service).logBase;
  const grants = grantsOf(estate, asked.host, replicationOf(estate, snapshot), logBase);
  if (asked.json) printJson(io, grants);
  else io.out(grantsToText(grants, asked.language));
  return grants.servers.some(({ version }) => version === null) ? EXIT.unseen : EXIT.done;
}

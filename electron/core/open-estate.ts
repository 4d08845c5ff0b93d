import { randomInt } from 'node:crypto';
import path from 'node:path';
import type { AppError, Result } from '@shared/errors';
import { ok } from '@shared/errors';
import type { Estate, Host, Service } from '@shared/estate/schema';
import { createDialer, type Dialer } from './net/dial';
import type { EgressMode } from './net/egress';
import { policyFor } from './net/policy';
import type { Ports } from './ports';
import { readEstate } from './read-estate';
import type { SecretKeeper } from './secrets/keeper';
import { createSecretStore, type SecretStore } from './secrets/secret-store';
import { createSqlSession, type SqlSession } from './sql/sql-session';
import type { Sessions } from './ssh/lease';
import { createSessions } from './ssh/sessions';
import { type FrameStore, frameStore } from './stores/frame-store';
import { type LedgerStore, ledgerStore } from './stores/ledger-store';
import { Watcher, type WatcherOptions } from './watch/watcher';

/** An estate file with all that was opened for it. Its egress policy is fixed for its life. */
export interface OpenEstate {
  file: string;
  /** Its folder: paths in it count from here. */
  estateDir: string;
  estate: Estate;
  dialer: Dialer;
  secrets: SecretStore;
  sessions: Sessions;
  watcher: Watcher;
  ledger: LedgerStore;
  frame: FrameStore;
  dispose(): Promise<void>;
}
export interface OpenEstateOptions {
  file: string;
  ports: Ports;
  /** What a person asked for; it can only tighten what the file gets. */
  egress: EgressMode | null;
  /** The product's own estate files, which never get more than loopback. */
  bundledEstatesDir: string;
  keeper: SecretKeeper;
  onChange: WatcherOptions['onChange'];
  onWoke: WatcherOptions['onWoke'];
}

const RANDOM_STEPS = 1_000;

/** Reads the estate and makes what is needed to look at it. Opens no connection yet. */
export async function openEstate(options: OpenEstateOptions): Promise<Result<OpenEstate, AppError[]>> {
  const file = path.resolve(options.file);
  const read = await readEstate(file);
  if (!read.ok) return read;
  const estate = read.value;
  const { ports } = options;
  const estateDir = path.dirname(file);
  // The policy is fixed here, once, for everything that is opened for this estate.
  const { egress, bundledEstatesDir } = options;
  const policy = policyFor({
    estate,
    estateFile: file,
    requested: egress ?? undefined,
    bundledEstatesDir,
    paths: ports.paths,
  });
  const dialer = createDialer(policy, ports);
  const keeping = { keeper: options.keeper, estate: estate.estate, estateFile: file };
  const secrets = createSecretStore({ estateDir, ports, keeping });
  const sessions = createSessions({ estate, estateDir, dialer, secrets, ports });
  const sql = new Map<string, SqlSession>();
  const sqlSession = (host: Host, service: Service, purpose: 'poll' | 'slow') => {
    const key = `${host.id} ${service.id} ${purpose}`;
    const known = sql.get(key);
    if (known) return known;
    const common = { estate, estateDir, sessions, dialer, secrets, ports };
    const fresh = createSqlSession({ ...common, hostId: host.id, serviceId: service.id, account: 'read' });
    sql.set(key, fresh);
    return fresh;
  };
  const watcher = new Watcher({
    estate,
    sessions,
    sqlSession,
    clock: ports.clock,
    random: () => randomInt(RANDOM_STEPS) / RANDOM_STEPS,
    onChange: options.onChange,
    onWoke: options.onWoke,
  });
  return ok({
    file,
    estateDir,
    estate,
    dialer,
    secrets,
    sessions,
    watcher,
    ledger: ledgerStore(file),
    frame: frameStore(file),
    async dispose() {
      await watcher.stop();
      await Promise.all([...sql.values()].map((session) => session.close()));
      await sessions.dispose();
      secrets.clear();
    },
  });
}

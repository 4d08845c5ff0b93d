import { hostname, userInfo } from 'node:os';
import path from 'node:path';
import { toAppError } from '@shared/errors';
import type { Estate } from '@shared/estate/schema';
import type { Acting } from '../acting/acting';
import { type App, createApp } from '../app';
import { createJournal } from '../journal/journal';
import type { Ask, Paths } from '../ports';
import { nodeClock, personPaths, refusingAsk, stderrLog } from '../ports-node';
import { settingsStore } from '../stores/settings-store';
import type { ActingArguments } from './acting-arguments';
import { approveCommand } from './approve';
import { failoverCommand } from './failover';
import { grantsCommand } from './grants';
import { EXIT, type Io, printError } from './io';
import { rejoinCommand } from './rejoin';
import { runCommand } from './run';
import { showRuns } from './run-show';
import { throttleCommand } from './run-throttle';
import { switchoverCommand } from './switchover';

const UNKNOWN: ReadonlySet<string> = new Set(['E_NO_CLUSTER', 'E_NO_OLD_PRIMARY', 'E_NO_RUN']);
/** Nothing was begun, and why not is not a fault of anything. */
const REFUSALS: ReadonlySet<string> = new Set([
  'E_APPROVAL',
  'E_APPROVAL_MISSING',
  'E_DRIFT',
  'E_KEPT_RUN',
  'E_LEASE_HELD',
  'E_LEASE_STALE',
  'E_PAST_NO_RETURN',
  'E_PLAN_CHANGED',
  'E_PRECONDITION',
  'E_RUN_BUSY',
  'E_RUN_CLOSED',
  'E_RUN_NAME',
  'E_RUN_OPEN',
  'E_RUN_TAKEN',
  'E_THROTTLE',
]);

/** What a command that acts works with: the same object as the window's. */
export interface ActingDesk {
  app: App;
  acting: Acting;
  estate: Estate;
  /** Resolves when every host was asked once. */
  firstLook: Promise<void>;
  io: Io;
  /** Null: nobody is there to answer. */
  ask: Ask | null;
}
export interface ActingWorld {
  io: Io;
  ask: Ask | null;
  version: string;
  bundledEstatesDir: string;
}

/** Runs one of `switchover | failover | rejoin | run | grants | approve` and gives its exit code. Never throws for an expected failure. */
export async function actingCommand(asked: ActingArguments, world: ActingWorld): Promise<number> {
  const { io, ask } = world;
  const home = personPaths(io.env);
  const dataDir = asked.dataDir ? path.resolve(io.cwd, asked.dataDir) : home.dataDir;
  const paths: Paths = { ...home, dataDir };
  const who = `${userInfo().username}@${hostname()}`;
  try {
    switch (asked.command) {
      case 'grants':
        return await grantsCommand(asked, dataDir, io);
      case 'approve':
        return await approveCommand(asked, { io, ask, paths, who, clock: nodeClock });
      case 'run': {
        const { verb, servers } = asked;
        if (verb === 'show' || (verb === 'list' && !servers)) return await showRuns(asked, dataDir, io);
        if (verb === 'throttle')
          return await throttleCommand({ ...asked, level: asked.level ?? 0 }, { dataDir, who, io });
        return await withDesk(asked, { ...world, paths, who }, (desk) =>
          runCommand({ ...asked, verb }, desk),
        );
      }
      case 'switchover':
        return await withDesk(asked, { ...world, paths, who }, (desk) => switchoverCommand(asked, desk));
      case 'failover':
        return await withDesk(asked, { ...world, paths, who }, (desk) => failoverCommand(asked, desk));
      case 'rejoin':
        return await withDesk(asked, { ...world, paths, who }, (desk) => rejoinCommand(asked, desk));
    }
  } catch (thrown) {
    const error = toAppError(thrown);
    printError(io, error, asked.language);
    if (UNKNOWN.has(error.code)) return EXIT.usage;
    return REFUSALS.has(error.code) ? EXIT.refused : EXIT.failed;
  }
}

/** Opens the estate as the window does, and closes all of it again, whatever happens. */
async function withDesk(
  asked: ActingArguments,
  { io, ask, version, bundledEstatesDir, paths, who }: ActingWorld & { paths: Paths; who: string },
  work: (desk: ActingDesk) => Promise<number>,
): Promise<number> {
  const { dataDir } = paths;
  const journal = createJournal({ dataDir, clock: nodeClock, who, program: 'command-line', version });
  const log = stderrLog(io.env.PATRONUS_LOG === 'info' ? 'info' : 'silent');
  const app = createApp({
    ports: { clock: nodeClock, log, paths, journal },
    ask: ask ?? refusingAsk,
    info: { version, runtime: `Node ${process.versions.node}`, operator: who },
    egress: asked.egress,
    bundledEstatesDir,
    settings: settingsStore(dataDir, 'C'),
  });
  try {
    const { opened, firstLook } = await app.open(path.resolve(io.cwd, asked.estate));
    const acting = app.acting();
    if (opened.state !== 'open' || !acting) {
      if (opened.state === 'refused')
        for (const problem of opened.problems) printError(io, problem, asked.language);
      return EXIT.usage;
    }
    return await work({ app, acting, estate: opened.estate, firstLook, io, ask });
  } finally {
    await app.dispose();
    await journal.close();
  }
}

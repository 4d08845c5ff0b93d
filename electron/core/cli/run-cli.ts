import path from 'node:path';
import { createApp } from '../app';
import type { Ask } from '../ports';
import { nodeClock, personPaths, refusingAsk, stderrLog } from '../ports-node';
import { settingsStore } from '../stores/settings-store';
import { type CliArguments, readCliArguments } from './arguments';
import { checkCommand } from './check';
import { help } from './help';
import { EXIT, type Io, printError } from './io';
import { lookCommand } from './look';
import { planCommand } from './plan';
import { trustCommand } from './trust';

export interface CliWorld {
  io: Io;
  /** Who is asked for secrets; null: nobody, and what needs an answer stays unknown. */
  ask: Ask | null;
  version: string;
  /** The product's own estate files, which never get more than loopback. */
  bundledEstatesDir: string;
}

/** Runs one command line and gives its exit code. Never throws for an expected failure. */
export async function runCli(argv: readonly string[], world: CliWorld): Promise<number> {
  const { io } = world;
  const locale = io.env.LC_ALL || io.env.LC_MESSAGES || io.env.LANG || 'C';
  const read = readCliArguments(argv, locale);
  if (!read.ok) {
    printError(io, read.error, locale.startsWith('fr') ? 'fr' : 'en');
    return EXIT.usage;
  }
  switch (read.value.kind) {
    case 'help':
      io.out(help(locale.startsWith('fr') ? 'fr' : 'en'));
      return EXIT.done;
    case 'version':
      io.out(`${world.version}\n`);
      return EXIT.done;
    case 'run':
      return runCommand(read.value.arguments, world);
  }
}

async function runCommand(asked: CliArguments, world: CliWorld): Promise<number> {
  const { io } = world;
  const home = personPaths(io.env);
  const dataDir = asked.dataDir ? path.resolve(io.cwd, asked.dataDir) : home.dataDir;
  const paths = { ...home, dataDir };
  if (asked.command === 'check') return checkCommand(asked, io);
  if (asked.command === 'plan') return planCommand(asked, dataDir, io);
  const log = stderrLog(io.env.PATRONUS_LOG === 'info' ? 'info' : 'silent');
  const file = path.resolve(io.cwd, asked.estate);
  const ports = { clock: nodeClock, log, paths, ask: world.ask ?? refusingAsk };
  if (asked.command === 'trust')
    return trustCommand({ ...asked, estate: file }, ports, world.bundledEstatesDir, io);
  const app = createApp({
    ports,
    ask: ports.ask,
    info: { version: world.version, runtime: `Node ${process.versions.node}`, operator: '' },
    egress: asked.egress,
    bundledEstatesDir: world.bundledEstatesDir,
    settings: settingsStore(dataDir, 'C'),
  });
  try {
    return await lookCommand(app, { ...asked, estate: file }, io);
  } finally {
    await app.dispose();
  }
}

import { hostname, userInfo } from 'node:os';
import path from 'node:path';
import { type AppOptions, createApp } from '../app';
import { createJournal } from '../journal/journal';
import { journalledAsk } from '../journal/journalled-ask';
import type { PrintPdf } from '../paper/print';
import type { Ask } from '../ports';
import { nodeClock, personPaths, refusingAsk, stderrLog } from '../ports-node';
import { settingsStore } from '../stores/settings-store';
import { isActing, readActingArguments } from './acting-arguments';
import { actingCommand } from './acting-command';
import { type CliArguments, readCliArguments } from './arguments';
import { assessCommand } from './assess';
import { auditCommand } from './audit';
import { readAuditArguments } from './audit-arguments';
import { checkCommand } from './check';
import { help } from './help';
import { EXIT, type Io, printError } from './io';
import { lookCommand } from './look';
import { measureCommand } from './measure';
import { readMeasureArguments } from './measure-arguments';
import { planCommand } from './plan';
import { type PlanArguments, readPlanArguments } from './plan-arguments';
import { partOf, recordCommand } from './record';
import { replayCommand } from './replay';
import { secretsCommand } from './secrets';
import { simulateCommand } from './simulate';
import { readSimulateArguments } from './simulate-arguments';
import { trustCommand } from './trust';

export interface CliWorld {
  io: Io;
  /** Who is asked for secrets; null: nobody, and what needs an answer stays unknown. */
  ask: Ask | null;
  version: string;
  /** The product's own estate files, which never get more than loopback. */
  bundledEstatesDir: string;
  /** Makes a PDF; absent where nothing can print. */
  printPdf?: PrintPdf;
}

/** Runs one command line and gives its exit code. Never throws for an expected failure. */
export async function runCli(argv: readonly string[], world: CliWorld): Promise<number> {
  const { io } = world;
  const locale = io.env.LC_ALL || io.env.LC_MESSAGES || io.env.LANG || 'C';
  if (argv[0] === 'audit' && !argv.includes('--help')) {
    const audit = readAuditArguments(argv.slice(1), locale, nodeClock.now());
    if (audit.ok) return auditCommand(audit.value, personPaths(io.env).dataDir, io);
    printError(io, audit.error, locale.startsWith('fr') ? 'fr' : 'en');
    return EXIT.usage;
  }
  if (isActing(argv[0]) && !argv.includes('--help')) {
    const acting = readActingArguments(argv, locale);
    if (acting.ok) return actingCommand(acting.value, world);
    printError(io, acting.error, locale.startsWith('fr') ? 'fr' : 'en');
    return EXIT.usage;
  }
  if (argv[0] === 'measure' && !argv.includes('--help')) {
    const measure = readMeasureArguments(argv.slice(1), locale);
    if (measure.ok) return measureCommand(measure.value, world);
    printError(io, measure.error, locale.startsWith('fr') ? 'fr' : 'en');
    return EXIT.usage;
  }
  if (argv[0] === 'simulate' && !argv.includes('--help')) {
    const asked = readSimulateArguments(argv.slice(1), locale);
    const home = personPaths(io.env).dataDir;
    if (asked.ok) {
      const { dataDir } = asked.value;
      return simulateCommand(asked.value, dataDir ? path.resolve(io.cwd, dataDir) : home, io);
    }
    printError(io, asked.error, locale.startsWith('fr') ? 'fr' : 'en');
    return EXIT.usage;
  }
  if (argv[0] === 'plan' && !argv.includes('--help')) {
    const plan = readPlanArguments(argv.slice(1), locale);
    if (plan.ok) return runPlan(plan.value, world);
    printError(io, plan.error, locale.startsWith('fr') ? 'fr' : 'en');
    return EXIT.usage;
  }
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

const runPlan = (asked: PlanArguments, { io, printPdf }: CliWorld): Promise<number> => {
  const dataDir = asked.dataDir ? path.resolve(io.cwd, asked.dataDir) : personPaths(io.env).dataDir;
  return planCommand(asked, { dataDir, io, now: nodeClock.now(), printPdf });
};

async function runCommand(asked: CliArguments, world: CliWorld): Promise<number> {
  const { io } = world;
  const home = personPaths(io.env);
  const dataDir = asked.dataDir ? path.resolve(io.cwd, asked.dataDir) : home.dataDir;
  const paths = { ...home, dataDir };
  if (asked.command === 'check') return checkCommand(asked, io);
  if (asked.command === 'replay') return replayCommand(asked, io);
  const log = stderrLog(io.env.PATRONUS_LOG === 'info' ? 'info' : 'silent');
  const file = path.resolve(io.cwd, asked.estate);
  if (asked.command === 'secrets')
    return secretsCommand({ ...asked, estate: file }, { clock: nodeClock, paths }, world.ask, io);
  const who = `${userInfo().username}@${hostname()}`;
  const { version } = world;
  const journal = createJournal({ dataDir, clock: nodeClock, who, program: 'command-line', version });
  const ask = world.ask ?? refusingAsk;
  const ports = { clock: nodeClock, log, paths, ask, journal };
  try {
    if (asked.command === 'trust') {
      const journalled = { ...ports, ask: journalledAsk(ask, ports) };
      return await trustCommand({ ...asked, estate: file }, journalled, world.bundledEstatesDir, io);
    }
    return await look({ ...asked, estate: file }, ports, world);
  } finally {
    await journal.close();
  }
}

async function look(
  asked: CliArguments,
  ports: AppOptions['ports'] & { ask: Ask },
  world: CliWorld,
): Promise<number> {
  const { out } = asked.recording;
  const app = createApp({
    ports,
    ask: ports.ask,
    info: { version: world.version, runtime: `Node ${process.versions.node}`, operator: '' },
    egress: asked.egress,
    bundledEstatesDir: world.bundledEstatesDir,
    settings: settingsStore(ports.paths.dataDir, 'C'),
    ...(out === null ? {} : { recordInto: partOf(path.resolve(world.io.cwd, out)) }),
  });
  try {
    if (asked.command === 'record') return await recordCommand(app, asked, world.io);
    if (asked.command === 'assess') return await assessCommand(app, asked, world.io);
    return await lookCommand(app, asked, world.io);
  } finally {
    await app.dispose();
  }
}

import { spawnSync } from 'node:child_process';
import { ansibleInventory } from './access/inventory';
import { labDown, labOpen, labUp, pathsOf } from './api';
import { type Arguments, parseArguments } from './cli-args';
import { down } from './engine/down';
import { LabError, messageOf, usageError } from './engine/errors';
import { enter, HOST_ENV, hostNamed, initPid } from './engine/lab';
import { withLock } from './engine/lock';
import { stderrLog } from './engine/log';
import { needRoot } from './engine/preflight';
import { markedProcesses } from './engine/process-table';
import { statusText } from './engine/status';
import { LABS } from './estates';
import { HELP } from './help';

const log = stderrLog();
/** A signal came: what `up` says from now on is only its being taken down. */
let stopped = false;

async function main(args: Arguments): Promise<number> {
  const { base } = args;
  switch (args.command) {
    case 'up': {
      const [estate, ...more] = args.words;
      if (more.length > 0) throw usageError(`up starts one estate, not "${args.words.join(' ')}"`);
      takeDownWhenStopped(base);
      const lab = await labUp({ base, log, owner: args.owner, ...args.wanted, estate });
      process.stdout.write(`${lab.estateFile}\n`);
      return 0;
    }
    case 'down':
      await labDown({ base, log, purge: args.purge });
      return 0;
    case 'status': {
      needRoot();
      const status = await (await labOpen({ base, log })).status();
      process.stdout.write(args.json ? `${JSON.stringify(status, null, 2)}\n` : statusText(status));
      return status.up ? 0 : 1;
    }
    case 'list':
      for (const spec of LABS) process.stdout.write(`${spec.name}\t${spec.title}\n`);
      return 0;
    case 'ansible-inventory':
      process.stdout.write(ansibleInventory((await labOpen({ base, log })).raw));
      return 0;
    case 'in':
      return inside(args);
    case 'fault': {
      needRoot();
      const lab = await labOpen({ base, log });
      const words = [...args.words, ...(args.hang ? ['--hang'] : []), ...(args.restore ? ['--restore'] : [])];
      log(await withLock(lab.raw.paths.lock, log, () => lab.fault(...words)));
      return 0;
    }
    case 'bend': {
      needRoot();
      const [scenario, ...more] = args.words;
      if (scenario === undefined || more.length > 0) throw usageError('bend SCENARIO');
      const lab = await labOpen({ base, log });
      const { estateFile } = await withLock(lab.raw.paths.lock, log, () => lab.bend(scenario));
      process.stdout.write(`${estateFile}\n`);
      return 0;
    }
    case 'help':
      process.stdout.write(HELP);
      return 0;
    default:
      throw usageError(`no command "${args.command}"`);
  }
}

/** Stopped half-way, `up` leaves nothing that was not there before. */
function takeDownWhenStopped(base: string | undefined): void {
  const paths = pathsOf(base);
  const ranBefore = markedProcesses(paths).length > 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, async () => {
      stopped = true;
      log(
        `stopped by ${signal}${ranBefore ? '; the lab ran before and is left as it is' : ', taking down what was started'}`,
      );
      // we hold the lock; what `up` may still start while we wait is seen in the next round
      if (!ranBefore) await down(paths, false, log).catch((error) => log(messageOf(error)));
      process.exit(1);
    });
  }
}

/** The command's own input, output and exit status, as if one sat on the host. */
async function inside({ words, base }: Arguments): Promise<number> {
  needRoot();
  const [name, ...command] = words;
  if (!name || command.length === 0) throw usageError('in HOST COMMAND…');
  const { raw } = await labOpen({ base, log });
  const [program = '', ...rest] = enter(await initPid(raw, hostNamed(raw.spec, name).name), command);
  return spawnSync(program, rest, { stdio: 'inherit', env: HOST_ENV }).status ?? 1;
}

try {
  process.exitCode = await main(parseArguments(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof LabError)) throw error;
  if (!stopped)
    process.stderr.write(`${error.code}: ${error.message}\n${error.hint ? `  → ${error.hint}\n` : ''}`);
  process.exitCode = error.exitCode;
}

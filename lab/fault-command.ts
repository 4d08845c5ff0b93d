import { usageError } from './engine/errors';
import {
  changeHostKey,
  cutConsole,
  emptyDisk,
  fillDisk,
  heal,
  partition,
  pullCable,
  restoreHostKey,
} from './engine/faults';
import { signalService } from './engine/host-processes';
import { hostNamed, type Lab, serviceNamed } from './engine/lab';
import { startService } from './engine/services';

const SIGNALS = { kill: 'SIGKILL', freeze: 'SIGSTOP', resume: 'SIGCONT' } as const;

/**
 * One fault, in the words of the command line: `['kill', 'db', 'mysql']`.
 * @returns what was done, for a person
 * @throws LabError E_USAGE, E_NO_HOST, E_NO_SERVICE, E_NOT_RUNNING, E_HOST_DOWN
 */
export async function fault(lab: Lab, args: readonly string[]): Promise<string> {
  const flags = args.filter((arg) => arg.startsWith('--'));
  const words = args.filter((arg) => !arg.startsWith('--'));
  const [kind, first, second, ...more] = words;
  if (!kind || !first || more.length > 0) throw usageError('fault KIND HOST [SERVICE or HOST]');
  const host = hostNamed(lab.spec, first);
  switch (kind) {
    case 'kill':
    case 'freeze':
    case 'resume':
    case 'start': {
      if (!second) throw usageError(`fault ${kind} HOST SERVICE`);
      const service = serviceNamed(host, second);
      if (kind === 'start') await startService(lab, host, service);
      else await signalService(lab, host, service, SIGNALS[kind]);
      return `${kind}: ${service.name} on ${host.name}`;
    }
    case 'cut': {
      if (!second) {
        await pullCable(lab, host);
        return `the cable of ${host.name} is pulled`;
      }
      const other = hostNamed(lab.spec, second);
      await partition(lab, host, other);
      return `${host.name} and ${other.name} have lost each other`;
    }
  }
  if (second) throw usageError(`fault ${kind} HOST`);
  switch (kind) {
    case 'cut-console':
      await cutConsole(lab, host, flags.includes('--hang'));
      return `the console has lost ${host.name}${flags.includes('--hang') ? ' (silence)' : ''}`;
    case 'heal':
      await heal(lab, host);
      return `${host.name}: network and console are well`;
    case 'host-key':
      await (flags.includes('--restore') ? restoreHostKey(lab, host) : changeHostKey(lab, host));
      return `${host.name} shows ${flags.includes('--restore') ? 'its first' : 'new'} host keys`;
    case 'fill-disk':
      await (flags.includes('--restore') ? emptyDisk(lab, host) : fillDisk(lab, host));
      return `${host.name}: ${flags.includes('--restore') ? 'the full file system is gone' : 'a file system is full'}`;
    default:
      throw usageError(`no fault "${kind}"`);
  }
}

import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Ask, Clock, Log, LogFields, Paths } from './ports';

export const nodeClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal?.addEventListener('abort', done);
    }),
};

/** One JSON line per event on stderr; stdout belongs to the answers. */
export function stderrLog(level: 'debug' | 'info' | 'warn' | 'silent'): Log {
  const LEVELS = ['debug', 'info', 'warn', 'silent'];
  const writer =
    (own: string) =>
    (event: string, fields: LogFields = {}) => {
      if (LEVELS.indexOf(own) < LEVELS.indexOf(level)) return;
      const { host, account, name, address, port, state, durationMs, bytes, count, error } = fields;
      const safe = { host, account, name, address, port, state, durationMs, bytes, count };
      const line = { time: new Date().toISOString(), level: own, event, ...safe, error: error?.code };
      process.stderr.write(`${JSON.stringify(line)}\n`);
    };
  return { debug: writer('debug'), info: writer('info'), warn: writer('warn') };
}

/** For programs without a person in front: every question is declined. */
export const refusingAsk: Ask = { secret: async () => null };

/** Where things are for the person who started this program; `dataDir` as the XDG directories say. */
export function personPaths(env: NodeJS.ProcessEnv, home = homedir()): Paths {
  return {
    home,
    dataDir: join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'patronus-console'),
    knownHosts: join(home, '.ssh', 'known_hosts'),
    sshConfig: join(home, '.ssh', 'config'),
    agentSocket: env.SSH_AUTH_SOCK || null,
    env,
  };
}

import type { AppError } from '@shared/errors';
import { createDialer, type Dialer } from '../../net/dial';
import type { Ask } from '../../ports';
import { createSecretStore } from '../../secrets/secret-store';
import type { AcquireOptions, Sessions } from '../lease';
import { createSessions } from '../sessions';
import { estateOf } from './estate';
import { makeHome, scriptedAsk, type TestHome } from './home';

type Hosts = Parameters<typeof estateOf>[0];

/** Sessions of an estate with these hosts, under the loopback policy, with scripted answers. */
export interface Rig {
  home: TestHome;
  sessions: Sessions;
  dialer: Dialer;
  asked: ReturnType<typeof scriptedAsk>['asked'];
  /** The code of the error, or "ready" (the lease is released). */
  attempt(hostId: string, options?: Partial<AcquireOptions>): Promise<AppError | 'ready'>;
  dispose(): Promise<void>;
}

export function makeRig(
  hosts: Hosts | ((home: TestHome) => Hosts),
  options: {
    answers?: (string | null)[];
    ask?: Ask;
    lingerMs?: number;
    agentSocket?: string;
    env?: Record<string, string>;
  } = {},
): Rig {
  const home = makeHome();
  const ask = scriptedAsk(options.answers ?? []);
  const base = home.ports(options.ask ?? ask);
  const { agentSocket = null, env = {} } = options;
  const ports = { ...base, paths: { ...base.paths, agentSocket, env } };
  const dialer = createDialer({ mode: 'loopback' }, ports);
  const sessions = createSessions({
    estate: estateOf(typeof hosts === 'function' ? hosts(home) : hosts),
    estateDir: home.dir,
    dialer,
    secrets: createSecretStore({ estateDir: home.dir, ports }),
    ports,
    ...(options.lingerMs === undefined ? {} : { lingerMs: options.lingerMs }),
  });
  return {
    home,
    sessions,
    dialer,
    asked: ask.asked,
    attempt: (hostId, how) =>
      sessions
        .acquire(hostId, { account: 'read', background: true, signal: new AbortController().signal, ...how })
        .then(
          (lease) => {
            lease.release();
            return 'ready' as const;
          },
          (thrown) => thrown.error,
        ),
    async dispose() {
      await sessions.dispose({ drainMs: 200 });
      home.remove();
    },
  };
}

import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { toAppError } from '@shared/errors';
import type { Estate } from '@shared/estate/schema';
import type { ParsedKey } from 'ssh2';
import type { Dialer } from '../net/dial';
import { failure, systemText } from '../net/failure';
import type { Paths, Ports } from '../ports';
import type { SecretStore } from '../secrets/secret-store';
import { parseSshConfig, type SshConfig } from './config';
import { createConnectGate } from './connect-gate';
import type { Account, SessionState, Sessions } from './lease';
import { openSocket } from './link';
import { scanHostKey } from './scan-host-key';
import { createSession, type Session } from './session';
import { hopsKey, type SshContext, type SshTarget, sshTarget } from './target';
import { knownHostsOf, trustFor } from './trust';

export interface SessionsOptions {
  estate: Estate;
  /** Directory of the estate file: `file:` references and knownHosts are relative to it. */
  estateDir: string;
  dialer: Dialer;
  secrets: SecretStore;
  ports: Ports;
  /** Milliseconds a connection stays open after its last lease; default 60 000. */
  lingerMs?: number;
}

const LINGER_MS = 60_000;
const DRAIN_MS = 2_000;

/**
 * The SSH configuration of the person, for an estate of the person. Under the policies that name no estate's
 * addresses it is not read: a `Host *` with a jump host would lead a lab elsewhere.
 * @throws Failure E_SSH_CONFIG
 */
export function sshContext(estate: Estate, paths: Paths, mode: Dialer['policy']['mode']): SshContext {
  return {
    estate,
    config: mode === 'estate' && paths.sshConfig !== null ? readConfig(paths.sshConfig) : null,
    home: paths.home,
    localUser: userInfo().username,
  };
}

function readConfig(file: string): SshConfig | null {
  try {
    return parseSshConfig(readFileSync(file, 'utf8'));
  } catch (thrown) {
    if (systemText(thrown) === 'ENOENT') return null;
    throw failure('E_SSH_CONFIG', null, { file, text: systemText(thrown) });
  }
}

/** All SSH connections of an estate. @throws Failure E_SSH_CONFIG */
export function createSessions(options: SessionsOptions): Sessions {
  const { estate, dialer, ports } = options;
  const context = sshContext(estate, ports.paths, dialer.policy.mode);
  const sessions = new Map<string, Session>();
  const listeners = new Set<(hostId: string, account: Account, state: SessionState) => void>();
  const openedKeys = new Map<string, ParsedKey>();
  const gate = createConnectGate();
  let disposed = false;

  function sessionOf(target: SshTarget): Session {
    const key = `${target.account} ${hopsKey(target.hops)}`;
    const known = sessions.get(key);
    if (known) return known;
    const jump = jumpOf(target);
    const session = createSession({
      context: { ...options, openedKeys, gate },
      target,
      lingerMs: options.lingerMs ?? LINGER_MS,
      openVia: async (how) => (jump ? sessionOf(jump).acquire(how) : null),
      onState(state) {
        for (const listener of listeners) listener(target.hostId, target.account, state);
      },
    });
    sessions.set(key, session);
    return session;
  }

  return {
    async acquire(hostId, { account, background, signal }) {
      if (disposed) throw failure('E_CLOSED', hostId);
      return sessionOf(sshTarget(context, hostId, account)).acquire({ background, signal });
    },
    state(hostId, account) {
      try {
        const target = sshTarget(context, hostId, account);
        return sessions.get(`${account} ${hopsKey(target.hops)}`)?.state() ?? { state: 'idle' };
      } catch (thrown) {
        return { state: 'failed', at: ports.clock.now(), error: toAppError(thrown) };
      }
    },
    async presentedKey(hostId, { signal }) {
      const target = sshTarget(context, hostId, 'read');
      const hop = target.hops[target.hops.length - 1] ?? target.hops[0];
      const jump = jumpOf(target);
      const via = jump ? await sessionOf(jump).acquire({ background: false, signal }) : null;
      try {
        const trust = await trustFor(hop, { estateDir: options.estateDir, paths: ports.paths });
        const socket = await openSocket(dialer, hop, via, signal);
        const presented = await scanHostKey(hop, socket, trust, signal);
        const { host, port } = hop;
        return {
          ...presented,
          hostId,
          host,
          port,
          knownHosts: knownHostsOf(hop, options.estateDir, ports.paths),
        };
      } finally {
        via?.release();
      }
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    suspect() {
      for (const session of sessions.values()) session.suspect();
    },
    retry() {
      for (const session of sessions.values()) session.breaker.reset();
    },
    async dispose({ drainMs = DRAIN_MS } = {}) {
      disposed = true;
      const done = new AbortController();
      const idle = Promise.all([...sessions.values()].map((session) => session.idle()));
      await Promise.race([idle, ports.clock.sleep(drainMs, done.signal)]);
      done.abort();
      // Opened last is farthest away: hosts close before the jump hosts they are reached through.
      for (const session of [...sessions.values()].reverse()) session.close();
    },
  };
}

/** The target of the last jump host; jump hosts are shared by all that go through them. */
function jumpOf(target: SshTarget): SshTarget | null {
  const [first, ...rest] = target.hops.slice(0, -1);
  return first
    ? { hostId: rest.at(-1)?.hostId ?? first.hostId, account: 'read', hops: [first, ...rest] }
    : null;
}

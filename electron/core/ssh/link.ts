import { setMaxListeners } from 'node:events';
import type { Duplex } from 'node:stream';
import type { Failure } from '@shared/errors';
import type { Client, ParsedKey } from 'ssh2';
import type { Dialer } from '../net/dial';
import { failure } from '../net/failure';
import type { Ports } from '../ports';
import type { SecretStore } from '../secrets/secret-store';
import { createAuth } from './auth';
import { HANDSHAKE_MS, handshake } from './handshake';
import { loadKeys } from './keys';
import type { Lease, VerifiedHostKey } from './lease';
import { createSlots, type Slots } from './slots';
import type { SshHop } from './target';
import { trustFor } from './trust';

/** sshd allows 10 sessions on a connection by default (MaxSessions); the rest waits here instead of failing. */
const CHANNELS = 8;

/** One logged-in SSH connection. */
export interface Link {
  client: Client;
  hostKey: VerifiedHostKey;
  /** Places for commands. Forwards need none: MaxSessions does not count them. */
  slots: Slots;
  /** Aborts, with a Failure as reason, when the connection is gone for whatever cause. */
  lost: AbortSignal;
  /** Closes it; `reason` is what its users are told. */
  close(reason: Failure): void;
}

export interface LinkContext {
  estateDir: string;
  dialer: Dialer;
  secrets: SecretStore;
  ports: Ports;
  openedKeys: Map<string, ParsedKey>;
}

/**
 * Opens the connection to one hop: over `via` when there is a jump host, else by dialling. Whatever was
 * opened is closed again when it fails. Takes over `via` and releases it with the link.
 */
export async function openLink(
  context: LinkContext,
  hop: SshHop,
  options: {
    via: Lease | null;
    background: boolean;
    signal: AbortSignal;
    onAsking: (asking: boolean) => void;
  },
): Promise<Link> {
  const { dialer, secrets, ports } = context;
  const { via, background, signal } = options;
  let asking = false;
  const onAsking = (now: boolean) => {
    asking = now;
    options.onAsking(now);
  };
  try {
    const trust = await trustFor(hop, { estateDir: context.estateDir, paths: ports.paths });
    const login = { hop, paths: ports.paths, secrets, background, signal, onAsking };
    const keys = await loadKeys({ ...login, estateDir: context.estateDir, opened: context.openedKeys });
    const auth = createAuth({ ...login, keys, ask: ports.ask });
    const socket = await openSocket(dialer, hop, via, signal);
    const { client, hostKey } = await handshake({ hop, socket, trust, auth, signal, asking: () => asking });
    return watchLink(client, hostKey, hop, via);
  } catch (thrown) {
    via?.release();
    throw thrown;
  }
}

/** A way to the hop's port: over the jump host, or by dialling. */
export function openSocket(
  dialer: Dialer,
  hop: SshHop,
  via: Lease | null,
  signal: AbortSignal,
): Promise<Duplex> {
  if (!via)
    return dialer.dial({
      hostId: hop.hostId,
      host: hop.host,
      port: hop.port,
      timeoutMs: HANDSHAKE_MS,
      signal,
    });
  return via.forward(hop.host, hop.port, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(HANDSHAKE_MS)]),
  });
}

function watchLink(client: Client, hostKey: VerifiedHostKey, hop: SshHop, via: Lease | null): Link {
  const lost = new AbortController();
  setMaxListeners(0, lost.signal);
  const end = (reason: Failure) => {
    if (lost.signal.aborted) return;
    lost.abort(reason);
    via?.release();
  };
  client.on('error', (thrown) => end(failure('E_LOST', hop.hostId, { text: thrown.message })));
  client.on('close', () => end(failure('E_LOST', hop.hostId, { text: 'the server closed it' })));
  via?.lost.addEventListener('abort', () => {
    end(failure('E_LOST', hop.hostId, { text: `the connection to ${via.hostId} was lost` }));
    client.destroy();
  });
  return {
    client,
    hostKey,
    slots: createSlots(CHANNELS),
    lost: lost.signal,
    close(reason) {
      end(reason);
      client.end();
      client.destroy();
    },
  };
}

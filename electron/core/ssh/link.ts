import { setMaxListeners } from 'node:events';
import type { Duplex } from 'node:stream';
import type { Failure } from '@shared/errors';
import type { Client, ParsedKey } from 'ssh2';
import type { Dialer } from '../net/dial';
import { failure } from '../net/failure';
import type { Ports } from '../ports';
import type { SecretStore } from '../secrets/secret-store';
import { createAuth } from './auth';
import type { ConnectGate, Turn } from './connect-gate';
import { firstByte } from './first-byte';
import { HANDSHAKE_MS, handshake } from './handshake';
import { loadKeys } from './keys';
import type { Lease, VerifiedHostKey } from './lease';
import { noResident, type Resident } from './resident-shell';
import { answers, SILENCE_MS, watchSilence } from './silence-watch';
import { createSlots, type Slots } from './slots';
import type { SshHop } from './target';
import { trustFor } from './trust';

/**
 * sshd allows 10 sessions on a connection by default (MaxSessions), and one is for the shell that stays; the rest
 * waits here instead of failing.
 */
const CHANNELS = 8;
/** Who has heard nothing for this long lets the next one knock meanwhile. */
const PATIENCE_MS = 1_000;

/** One logged-in SSH connection. */
export interface Link {
  client: Client;
  hostKey: VerifiedHostKey;
  /** How the account logged in: publickey, agent, password, … */
  method: string;
  /** Places for commands. Forwards need none: MaxSessions does not count them. */
  slots: Slots;
  /** The shell that stays on the host for what every look runs. */
  resident: Resident;
  /** Aborts, with a Failure as reason, when the connection is gone for whatever cause. */
  lost: AbortSignal;
  /** Does the server answer before the signal aborts? */
  answers(signal: AbortSignal): Promise<boolean>;
  /** Closes it; `reason` is what its users are told. */
  close(reason: Failure): void;
}

export interface LinkContext {
  estateDir: string;
  dialer: Dialer;
  secrets: SecretStore;
  ports: Ports;
  openedKeys: Map<string, ParsedKey>;
  gate: ConnectGate;
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
    /** How long it may say nothing at all. */
    silentMs: number;
    onAsking: (asking: boolean) => void;
  },
): Promise<Link> {
  const { dialer, secrets, ports } = context;
  const { via, background, signal, silentMs } = options;
  let asking = false;
  let turn: Turn | undefined;
  let patience: NodeJS.Timeout | undefined;
  const onAsking = (now: boolean) => {
    asking = now;
    // A person thinks for longer than others should wait.
    if (now) turn?.pause();
    options.onAsking(now);
  };
  const aborted = (_reason: unknown): never => {
    throw failure('E_ABORTED', hop.hostId);
  };
  try {
    turn = await context.gate.enter(endpointOf(hop, via), { background, signal }).catch(aborted);
    patience = setTimeout(turn.stepAside, PATIENCE_MS);
    const trust = await trustFor(hop, { estateDir: context.estateDir, paths: ports.paths });
    const login = { hop, paths: ports.paths, secrets, background, signal, onAsking };
    const keys = await loadKeys({ ...login, estateDir: context.estateDir, opened: context.openedKeys });
    const auth = createAuth({ ...login, keys, ask: ports.ask });
    const socket = await openSocket(dialer, hop, via, signal, silentMs);
    if (await firstByte(socket, hop, { ms: PATIENCE_MS, signal })) {
      await turn.logIn().catch((thrown: unknown) => {
        socket.destroy();
        return aborted(thrown);
      });
    } else turn.stepAside();
    const silence = { silentMs: silentMs - PATIENCE_MS, silentBeforeMs: PATIENCE_MS };
    const speaking = { hop, socket, trust, auth, signal, ...silence, asking: () => asking };
    const { client, hostKey } = await handshake(speaking);
    return watchLink(client, socket, { hostKey, method: auth.method() }, hop, via);
  } catch (thrown) {
    via?.release();
    throw thrown;
  } finally {
    clearTimeout(patience);
    turn?.end();
  }
}

/** Where an unfinished login counts against the server's own limit. */
const endpointOf = (hop: SshHop, via: Lease | null): string =>
  `${via ? `${via.route} → ` : ''}${hop.host}:${hop.port}`;

/** A way to the hop's port: over the jump host, or by dialling. */
export function openSocket(
  dialer: Dialer,
  hop: SshHop,
  via: Lease | null,
  signal: AbortSignal,
  timeoutMs: number = HANDSHAKE_MS,
): Promise<Duplex> {
  if (!via)
    return dialer.dial({
      hostId: hop.hostId,
      host: hop.host,
      port: hop.port,
      timeoutMs,
      signal,
    });
  return via.forward(hop.host, hop.port, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  });
}

function watchLink(
  client: Client,
  socket: Duplex,
  login: Pick<Link, 'hostKey' | 'method'>,
  hop: SshHop,
  via: Lease | null,
): Link {
  const lost = new AbortController();
  setMaxListeners(0, lost.signal);
  const end = (reason: Failure) => {
    if (lost.signal.aborted) return;
    stopWatching();
    lost.abort(reason);
    via?.release();
  };
  const stopWatching = watchSilence(client, socket, () => {
    end(failure('E_SILENT', hop.hostId, { seconds: `${SILENCE_MS / 1000}` }));
    client.destroy();
  });
  client.on('error', (thrown) => end(failure('E_LOST', hop.hostId, { text: thrown.message })));
  client.on('close', () => end(failure('E_LOST', hop.hostId, { text: 'the server closed it' })));
  via?.lost.addEventListener('abort', () => {
    end(failure('E_LOST', hop.hostId, { text: `the connection to ${via.hostId} was lost` }));
    client.destroy();
  });
  return {
    client,
    ...login,
    slots: createSlots(CHANNELS),
    resident: noResident(),
    lost: lost.signal,
    answers: (signal) => answers(client, AbortSignal.any([signal, lost.signal])),
    close(reason) {
      end(reason);
      client.end();
      client.destroy();
    },
  };
}

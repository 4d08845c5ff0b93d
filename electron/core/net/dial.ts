import { connect, isIP, type Socket } from 'node:net';
import type { Failure } from '@shared/errors';
import type { Clock, Journal, Log } from '../ports';
import { allows, type EgressPolicy } from './egress';
import { failure, systemText, throwIfAborted } from './failure';

export interface DialRequest {
  /** Id of the host in the estate, for errors and the record. */
  hostId: string;
  /** Address or name as the estate gives it. */
  host: string;
  port: number;
  timeoutMs: number;
  signal: AbortSignal;
}

/** One line of the record of everything that was ever asked to be dialled. */
export interface Attempt {
  at: number;
  hostId: string;
  host: string;
  /** The address dialled; null when it was refused or could not be resolved. */
  address: string | null;
  port: number;
  allowed: boolean;
}

export interface Dialer {
  readonly policy: EgressPolicy;
  /**
   * Opens a TCP connection. Rejects with Failure: E_EGRESS (before a socket exists), E_DNS, E_TCP_REFUSED,
   * E_TCP_TIMEOUT, E_TCP_RESET, E_TCP_UNREACHABLE, E_ABORTED.
   */
  dial(request: DialRequest): Promise<Socket>;
  /** Every attempt, oldest first; the newest 1 000 are kept. */
  connections(): readonly Attempt[];
}

const KEPT = 1000;

/** Makes the one thing that opens sockets; its policy is fixed for its life. */
export function createDialer(
  policy: EgressPolicy,
  ports: { clock: Clock; log: Log; journal: Journal },
): Dialer {
  const record: Attempt[] = [];
  const note = (request: DialRequest, address: string | null, allowed: boolean) => {
    const { hostId, host, port } = request;
    record.push({ at: ports.clock.now(), hostId, host, address, port, allowed });
    if (record.length > KEPT) record.shift();
    const where = { host: hostId, address: address ?? host, port };
    ports.journal.note(
      allowed ? { kind: 'connecting', ...where } : { kind: 'egress-refused', ...where, policy: policy.mode },
    );
    ports.log.debug('dial', {
      host: hostId,
      address: address ?? host,
      port,
      state: allowed ? 'allowed' : 'refused',
    });
  };

  return {
    policy,
    connections: () => record,
    async dial(request) {
      const { hostId, host, port, signal } = request;
      throwIfAborted(signal, hostId);
      if (!allows(policy, host)) {
        note(request, null, false);
        throw failure('E_EGRESS', hostId, { address: host, port: `${port}`, policy: policy.mode });
      }
      const deadline = ports.clock.monotonic() + request.timeoutMs;
      const addresses = await resolveOnce(request, () => note(request, null, true));
      let last: Failure | undefined;
      // What was resolved is what is dialled, each address in the resolver's order with its share of the time.
      for (const [index, address] of addresses.entries()) {
        throwIfAborted(signal, hostId);
        const left = Math.max(1, (deadline - ports.clock.monotonic()) / (addresses.length - index));
        note(request, address, true);
        const outcome = await connectTo(address, left, request);
        if ('socket' in outcome) return outcome.socket;
        last = outcome.error;
      }
      throw last ?? failure('E_DNS', hostId, { address: host, text: 'no address' });
    },
  };
}

async function resolveOnce(request: DialRequest, onUnresolved: () => void): Promise<string[]> {
  const { hostId, host } = request;
  if (isIP(host)) return [host];
  try {
    // Loaded only where a name stands: a look at addresses starts sooner without it.
    const { lookup } = await import('node:dns/promises');
    return (await lookup(host, { all: true })).map((found) => found.address);
  } catch (thrown) {
    onUnresolved();
    throw failure('E_DNS', hostId, { address: host, text: systemText(thrown) });
  }
}

type Outcome = { socket: Socket } | { error: Failure };

/** Settles exactly once; a socket that arrives after the abort or the deadline is destroyed here. */
function connectTo(address: string, timeoutMs: number, request: DialRequest): Promise<Outcome> {
  const { hostId, host, port, signal } = request;
  const params = { address: host, port: `${port}`, seconds: `${Math.round(request.timeoutMs / 100) / 10}` };
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, noDelay: true });
    const settle = (outcome: Outcome) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      socket.removeListener('error', onError);
      if ('error' in outcome) {
        socket.on('error', () => {});
        socket.destroy();
      }
      resolve(outcome);
    };
    const onAbort = () => settle({ error: failure('E_ABORTED', hostId) });
    const onError = (thrown: Error) => settle({ error: tcpFailure(thrown, hostId, params) });
    const timer = setTimeout(() => settle({ error: failure('E_TCP_TIMEOUT', hostId, params) }), timeoutMs);
    signal.addEventListener('abort', onAbort);
    socket.once('error', onError);
    socket.once('connect', () => settle({ socket }));
  });
}

function tcpFailure(
  thrown: Error,
  hostId: string,
  params: { address: string; port: string; seconds: string },
): Failure {
  const text = systemText(thrown);
  switch (text) {
    case 'ECONNREFUSED':
      return failure('E_TCP_REFUSED', hostId, params);
    case 'ECONNRESET':
      return failure('E_TCP_RESET', hostId, params);
    case 'ETIMEDOUT':
      return failure('E_TCP_TIMEOUT', hostId, params);
    default:
      return failure('E_TCP_UNREACHABLE', hostId, { ...params, text });
  }
}

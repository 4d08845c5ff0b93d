import { request } from 'node:http';
import type { Duplex } from 'node:stream';
import { cleanLine, safeKey } from '@shared/clean';
import type { HttpOutput } from '@shared/kinds/kind';
import { journalled } from '../journal/sending';
import { cleanInTurns } from '../net/clean-in-turns';
import { failure, systemText } from '../net/failure';
import type { Lease } from '../ssh/lease';

export interface RunHttpOptions {
  name: string;
  /** As seen from the SSH host. */
  host: string;
  port: number;
  /** Path with query, starting with "/". */
  path: string;
  /** Host header; default `host`. */
  hostHeader?: string;
  timeoutMs: number;
  /** A routine look: the journal gathers those that end alike. */
  background?: boolean;
  /** Default 256 KiB. */
  maxBytes?: number;
  signal: AbortSignal;
}
export interface HttpResult extends HttpOutput {
  at: number;
  durationMs: number;
  bytes: number;
  truncated: boolean;
}

const MAX_BYTES = 256 * 1024;

/**
 * GET over the lease's SSH connection; follows no redirect. Rejects with Failure: E_FORWARD_REFUSED,
 * E_FORWARD_FORBIDDEN, E_HTTP, E_HTTP_TIMEOUT, E_LOST, E_ABORTED.
 */
export function runHttp(lease: Lease, options: RunHttpOptions): Promise<HttpResult> {
  const { host: address, port, path, name, background = false } = options;
  const { hostId: host, user: account, route } = lease;
  const text = `GET http://${options.hostHeader ?? address}:${port}${path}`;
  return journalled(
    lease.journal,
    { kind: 'request', host, account, route: `${route} → ${address}:${port}`, name, text, background },
    () => ask(lease, options),
    ({ status }) => status,
  );
}

async function ask(lease: Lease, options: RunHttpOptions): Promise<HttpResult> {
  const { host, port, name, timeoutMs } = options;
  const where = { address: host, port: `${port}`, name };
  const timeout = AbortSignal.timeout(timeoutMs);
  const stop = AbortSignal.any([options.signal, timeout, lease.lost]);
  const why = (thrown: unknown) => {
    if (options.signal.aborted) return failure('E_ABORTED', lease.hostId);
    if (timeout.aborted)
      return failure('E_HTTP_TIMEOUT', lease.hostId, { ...where, seconds: `${timeoutMs / 1000}` });
    return lease.lost.aborted ? lease.lost.reason : thrown;
  };
  let socket: Duplex | undefined;
  try {
    socket = await lease.forward(host, port, { signal: stop });
    const { body, ...answer } = await get(socket, options, stop);
    const { text, cut } = await cleanInTurns(body, options.maxBytes ?? MAX_BYTES);
    return { ...answer, body: text, truncated: answer.truncated || cut };
  } catch (thrown) {
    throw why(
      socket && thrown instanceof Error
        ? failure('E_HTTP', lease.hostId, { ...where, text: systemText(thrown) })
        : thrown,
    );
  } finally {
    socket?.destroy();
  }
}

type RawResult = Omit<HttpResult, 'body'> & { body: Buffer };

function get(socket: Duplex, options: RunHttpOptions, signal: AbortSignal): Promise<RawResult> {
  const maxBytes = options.maxBytes ?? MAX_BYTES;
  const at = Date.now();
  const started = performance.now();
  return new Promise((resolve, reject) => {
    // The socket is the forward: node:http opens none of its own here.
    const asked = request({
      createConnection: () => socket,
      host: options.host,
      port: options.port,
      path: options.path,
      method: 'GET',
      headers: {
        host: options.hostHeader ?? options.host,
        connection: 'close',
        'user-agent': 'patronus-console',
      },
      signal,
    });
    asked.on('error', reject);
    asked.on('response', (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      const finish = (truncated: boolean) =>
        resolve({
          status: response.statusCode ?? 0,
          headers: headersOf(response.headers),
          body: Buffer.concat(chunks),
          at,
          durationMs: performance.now() - started,
          bytes,
          truncated,
        });
      response.on('error', reject);
      response.on('data', (chunk: Buffer) => {
        const room = maxBytes - bytes;
        bytes += chunk.length;
        chunks.push(chunk.length > room ? chunk.subarray(0, Math.max(0, room)) : chunk);
        if (chunk.length <= room) return;
        finish(true);
        response.destroy();
      });
      response.on('end', () => finish(false));
    });
    asked.end();
  });
}

function headersOf(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  const safe: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers))
    safe[safeKey(cleanLine(name))] = cleanLine(String(value), 1000);
  return safe;
}

import type { HttpOutput } from '@shared/kinds/kind';
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
/** GET over the lease's SSH connection; follows no redirect. Rejects with Failure: E_FORWARD_REFUSED, E_HTTP, E_HTTP_TIMEOUT, E_LOST, E_ABORTED. */
export declare function runHttp(lease: Lease, options: RunHttpOptions): Promise<HttpResult>;

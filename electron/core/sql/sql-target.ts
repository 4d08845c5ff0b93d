import { isIP } from 'node:net';
import type { Estate, Host } from '@shared/estate/schema';
import { failure } from '../net/failure';
import type { Account } from '../ssh/lease';

export interface SqlTarget {
  hostId: string;
  serviceId: string;
  user: string;
  /** Reference to the password. */
  secret: string;
  host: string;
  port: number;
  via:
    | {
        kind: 'ssh';
        /** Does the forward end on the SSH host itself? */
        own: boolean;
        /** TLS inside the forward, as a replica would speak it. `ca` is PEM; null: whoever answers is believed. */
        tls?: { ca: string | null };
      }
    | { kind: 'tls'; name: string; ca: string | null };
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);
const DEFAULT_PORT = 3306;

/**
 * Where a service's SQL is and as whom. Failures: E_SQL_NO_ACCOUNT, E_NO_SUCH_HOST, E_SQL_TLS_NAME (mysql2
 * leaves out the server name for an address, and Node then compares the certificate with "localhost").
 * @throws Failure
 */
export function sqlTarget(estate: Estate, hostId: string, serviceId: string, account: Account): SqlTarget {
  const host = estate.hosts.find((candidate) => candidate.id === hostId);
  const service = estate.services.find((candidate) => candidate.id === serviceId);
  if (!host) throw failure('E_NO_SUCH_HOST', null, { id: hostId });
  const sql = service?.sql;
  const who = account === 'act' ? sql?.credentials.act : sql?.credentials.read;
  if (!sql || !who) throw failure('E_SQL_NO_ACCOUNT', hostId, { name: serviceId });
  const address = sql.host ?? (host.address === 'unknown' ? '127.0.0.1' : host.address);
  const base = {
    hostId,
    serviceId,
    user: who.user,
    secret: who.secret,
    host: address,
    port: sql.port ?? service.port ?? DEFAULT_PORT,
  };
  if (sql.via !== 'tls') return { ...base, via: { kind: 'ssh', own: isItself(host, address) } };
  const name = sql.serverName ?? address;
  if (isIP(name)) throw failure('E_SQL_TLS_NAME', hostId, { address: name });
  return { ...base, via: { kind: 'tls', name, ca: sql.ca ?? null } };
}

const isItself = (host: Host, address: string): boolean =>
  LOOPBACK.has(address) || [host.address, ...(host.aliases ?? [])].includes(address);

import type { Estate } from '@shared/estate/schema';
import type { Dialer } from '../net/dial';
import type { Ports } from '../ports';
import type { SecretStore } from '../secrets/secret-store';
import type { Account, Sessions } from '../ssh/lease';

/**
 * One SQL connection for one purpose, opened when first used and again after it broke. Statements run one
 * at a time; use runSql.
 */
export interface SqlSession {
  readonly hostId: string;
  readonly serviceId: string;
  readonly user: string;
  /** "ssh patronus@127.0.10.1:2200 → 10.0.20.2:3306" or "tls 10.0.20.2:3306"; null before the first connection. */
  readonly route: string | null;
  close(): Promise<void>;
}
export interface SqlSessionOptions {
  estate: Estate;
  estateDir: string;
  hostId: string;
  serviceId: string;
  account: Account;
  sessions: Sessions;
  dialer: Dialer;
  secrets: SecretStore;
  ports: Ports;
}
/** Throws Failure E_SQL_NO_ACCOUNT when the estate names no such account for this service. */
export declare function createSqlSession(options: SqlSessionOptions): SqlSession;

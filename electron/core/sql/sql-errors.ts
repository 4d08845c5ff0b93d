import { cleanLine } from '@shared/clean';
import { Failure } from '@shared/errors';
import { failure, systemText } from '../net/failure';
import type { SqlTarget } from './sql-target';

/** The fields mysql2 puts on an error; `errno` and `message` come from the server. */
interface DriverError extends Error {
  code?: string;
  errno?: number;
}
const isDriverError = (thrown: unknown): thrown is DriverError => thrown instanceof Error;

/** Error numbers: MySQL Server Error Message Reference; the same on MariaDB. */
const LOGIN_REFUSED = new Set([1044, 1045, 1129, 1130, 1698, 1820, 1862, 3118, 3159, 4151]);
const TOO_MANY = new Set([1040, 1203, 1226]);
const NOT_GRANTED = new Set([1044, 1142, 1143, 1227, 1370, 1410, 1419]);
/** Server shutdown, killed connection: the link is gone although the server still said so. */
const GONE = new Set([1053, 1927, 3169, 4031]);

export const isTlsError = (thrown: unknown): boolean =>
  isDriverError(thrown) &&
  (thrown.code === 'HANDSHAKE_NO_SSL_SUPPORT' || thrown.code === 'HANDSHAKE_SSL_ERROR');

/** A failed login, or whatever happened before it. `received`: bytes that ever came. */
export function connectFailure(thrown: unknown, target: SqlTarget, received: number): Failure {
  if (thrown instanceof Failure) return thrown;
  const { hostId, user } = target;
  const where = { address: target.host, port: `${target.port}` };
  const text = isDriverError(thrown) ? cleanLine(thrown.message) : systemText(thrown);
  const { errno, code } = isDriverError(thrown) ? thrown : {};
  if (errno !== undefined && TOO_MANY.has(errno))
    return failure('E_SQL_TOO_MANY', hostId, { errno: `${errno}` });
  if (errno !== undefined && LOGIN_REFUSED.has(errno))
    return failure('E_SQL_AUTH', hostId, { account: user, errno: `${errno}`, text });
  if (isTlsError(thrown)) return failure('E_SQL_TLS', hostId, { ...where, text });
  const plugin = /unknown plugin (\S+)\. See/.exec(text)?.[1];
  if (plugin || code === 'MYSQL_CLEAR_PASSWORD_NOT_ENABLED')
    return failure('E_SQL_AUTH_PLUGIN', hostId, { account: user, plugin: plugin ?? 'mysql_clear_password' });
  if (received === 0) return failure('E_SQL_REFUSED', hostId, { ...where, text: 'closed without a word' });
  return failure('E_SQL_HANDSHAKE', hostId, { ...where, text });
}

/** A statement that failed. */
export function queryFailure(thrown: unknown, target: SqlTarget, name: string): Failure {
  if (thrown instanceof Failure) return thrown;
  const { hostId, user } = target;
  const text = isDriverError(thrown) ? cleanLine(thrown.message) : systemText(thrown);
  const errno = isDriverError(thrown) ? thrown.errno : undefined;
  // Without a number it is not the server that speaks: the connection broke, or what came was not MySQL.
  if (typeof errno !== 'number' || errno <= 0 || GONE.has(errno))
    return failure('E_SQL_LOST', hostId, { name, text });
  if (NOT_GRANTED.has(errno))
    return failure('E_SQL_GRANT', hostId, {
      account: user,
      name,
      text,
      privilege: privilegeIn(text),
      errno: `${errno}`,
    });
  return failure('E_SQL_FAILED', hostId, { name, errno: `${errno}`, text });
}

/** The privilege that the server's own sentence names, e.g. "REPLICATION CLIENT", "SELECT on 'accounts'". */
export function privilegeIn(text: string): string {
  const oneOf = /at least one of\) the (.+?) privilege/.exec(text)?.[1];
  if (oneOf) return oneOf;
  const command =
    /^([A-Z][A-Z ]*?),? command denied to user .+? for (?:table|column .+? in table|routine) (.+)$/.exec(
      text,
    );
  if (command) return `${command[1]} on ${command[2]}`;
  return 'see the text of the server';
}

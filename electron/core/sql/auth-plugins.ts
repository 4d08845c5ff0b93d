import type { Failure } from '@shared/errors';
import mysql, { type AuthPlugin } from 'mysql2';

/** The server asks for the password itself instead of a proof of it (MySQL manual, caching_sha2_password). */
const FULL_AUTHENTICATION = 4;

/**
 * Login plugins for a path that is not protected up to the server. There mysql2 would ask the server for an
 * RSA key and send the password under it; nothing vouches for that key, so a machine in between gets the
 * password. Only proofs that do not reveal it are left: the rest is refused before a key is asked for.
 *
 * Two paths are protected and keep the driver's own plugins: verified TLS, and an SSH forward that ends on the
 * SSH host itself. In the second the bytes leave the encrypted channel inside the very machine whose host key
 * was verified and reach the server over its own network stack; who can listen there is root on the database
 * host, and has the password hashes and the data anyway.
 */
export function plainPathPlugins(refuse: () => Failure): Record<string, AuthPlugin> {
  const never = () => () => {
    throw refuse();
  };
  return { caching_sha2_password: fastOnly(refuse), sha256_password: never, mysql_clear_password: never };
}

/** caching_sha2_password without its second half. */
const fastOnly =
  (refuse: () => Failure): AuthPlugin =>
  (metadata) => {
    const standard = mysql.authPlugins.caching_sha2_password({})(metadata);
    return (data: Buffer) => {
      if (data.length === 1 && data[0] === FULL_AUTHENTICATION) throw refuse();
      return standard(data);
    };
  };

import type { ErrorTexts } from '../error-params';

/** What a database server answers, or does not. */
export const sqlErrors = {
  E_SQL_NO_ACCOUNT: (p) => ({
    sentence: `${p.host}: the estate names no SQL account for ${p.name}.`,
    remedy: 'Write services[].sql.credentials in the estate file.',
  }),
  E_SQL_REFUSED: (p) => ({
    sentence: `${p.host}: nothing answers SQL on ${p.address}:${p.port} (${p.text}).`,
    remedy: 'Check that the server runs, its port and bind_address.',
  }),
  E_SQL_HANDSHAKE: (p) => ({
    sentence: `${p.host}: what answers on ${p.address}:${p.port} does not speak as a MySQL server should: ${p.text}`,
    remedy: 'Check host and port of services[].sql in the estate file.',
  }),
  E_SQL_HUNG: (p) => ({
    sentence: `${p.host}: ${p.address}:${p.port} opens, but no SQL handshake after ${p.seconds} s. The server hangs or is stopped.`,
    remedy: 'Look at the server process on the host.',
  }),
  E_SQL_AUTH: (p) => ({
    sentence: `${p.host}: the SQL server refuses ${p.account} (${p.errno}: ${p.text}). It is not tried again by itself.`,
    remedy: 'Check user, host part and password of the account, then ask for a new look.',
  }),
  E_SQL_AUTH_PLUGIN: (p) => ({
    sentence: `${p.host}: the SQL server wants ${p.account} to log in by ${p.plugin}, which the console does not do.`,
    remedy: 'Use caching_sha2_password, or mysql_native_password on MariaDB.',
  }),
  E_SQL_INSECURE: (p) => ({
    sentence: `${p.host}: the SQL server asks for the password of ${p.account} over a path that is not protected to its end. Nothing was sent.`,
    remedy: 'Use sql.via: tls, or reach the server through the SSH of its own host.',
  }),
  E_SQL_TLS: (p) => ({
    sentence: `${p.host}: TLS with ${p.address}:${p.port} was refused: ${p.text}.`,
    remedy: 'Check sql.ca and sql.serverName (the name in the certificate) in the estate file.',
  }),
  E_SQL_TLS_NAME: (p) => ({
    sentence: `${p.host}: ${p.address} is an address; TLS needs the name in the certificate.`,
    remedy: 'Write sql.serverName in the estate file.',
  }),
  E_SQL_TOO_MANY: (p) => ({
    sentence: `${p.host}: the SQL server has no connection left (1040).`,
    remedy:
      'Look at Threads_connected and max_connections; MySQL keeps one place for SUPER or CONNECTION_ADMIN.',
  }),
  E_SQL_GRANT: (p) => ({
    sentence: `${p.host}: ${p.account} may not run ${p.name}: ${p.text}`,
    remedy: `Missing: ${p.privilege}.`,
  }),
  E_SQL_TIMEOUT: (p) => ({
    sentence: `${p.host}: the SQL server gave no answer to ${p.name} in ${p.seconds} s.`,
    remedy: 'Look at SHOW PROCESSLIST on the server.',
  }),
  E_SQL_LOST: (p) => ({
    sentence: `${p.host}: the SQL connection was lost during ${p.name}: ${p.text}`,
    remedy: 'The console connects again at the next look.',
  }),
  E_SQL_FAILED: (p) => ({
    sentence: `${p.host}: ${p.name} failed on the SQL server (${p.errno}): ${p.text}`,
    remedy: 'Look at the statement in the evidence.',
  }),
} satisfies ErrorTexts;

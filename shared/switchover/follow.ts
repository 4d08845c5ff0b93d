import type { SqlCommand, Value } from '../runbook/command';
import { number, secret, sql, text } from './commands';
import { atLeast, isMysql } from './member';
import type { ChannelConfiguration, MemberReading } from './readings';

/** Rows 18 and 19: one server follows another, with everything its channel was told before. */

export interface Following {
  node: string;
  member: MemberReading;
  /** The channel as it was recorded: its name, TLS, delay and heartbeat are kept. */
  like: ChannelConfiguration;
  source: { address: string; port: number };
  user: string;
  /** Name of the secret in the plan. */
  password: string;
  /** It was the primary: its own log is where it stands (MariaDB). */
  wasPrimary: boolean;
}

/** One option: its text, with a `?` for each value. */
type Option = readonly [text: string, ...values: Value[]];

/** A channel starts slowly when its source is far away; it ends only after the event at hand. */
const THREADS_MS = 30_000;

/** "There is no such channel": of MySQL, and of MariaDB. */
const NO_SUCH_CHANNEL = [3074, 1617];

export const stopFollowing = (node: string, member: MemberReading, channel: string): SqlCommand =>
  sql(node, isMysql(member) ? 'STOP REPLICA FOR CHANNEL ?' : 'STOP SLAVE ?', [text(channel)], {
    timeoutMs: THREADS_MS,
    tolerates: NO_SUCH_CHANNEL,
  });
export const startFollowing = (node: string, member: MemberReading, channel: string): SqlCommand =>
  sql(node, isMysql(member) ? 'START REPLICA FOR CHANNEL ?' : 'START SLAVE ?', [text(channel)], {
    timeoutMs: THREADS_MS,
  });
/** Forgets the channel and all that it was told. */
export const forgetSource = (node: string, member: MemberReading, channel: string): SqlCommand =>
  sql(node, isMysql(member) ? 'RESET REPLICA ALL FOR CHANNEL ?' : 'RESET SLAVE ? ALL', [text(channel)], {
    tolerates: NO_SUCH_CHANNEL,
  });

/** Stops, changes and starts again: it may be sent a second time. */
export const followSource = (following: Following): SqlCommand[] => {
  const { node, member, like } = following;
  return [
    stopFollowing(node, member, like.name),
    changeSource(following),
    startFollowing(node, member, like.name),
  ];
};

function changeSource(following: Following): SqlCommand {
  const { node, member, like } = following;
  const options = isMysql(member) ? mysqlOptions(following) : mariadbOptions(following);
  const list = options.map(([option]) => option).join(', ');
  const values = options.flatMap(([, ...own]) => own);
  return isMysql(member)
    ? sql(node, `CHANGE REPLICATION SOURCE TO ${list} FOR CHANNEL ?`, [...values, text(like.name)])
    : sql(node, `CHANGE MASTER ? TO ${list}`, [text(like.name), ...values]);
}

const flag = (on: boolean) => (on ? '1' : '0');
/** Options that are text, where the channel says anything. */
const given = (pairs: readonly (readonly [option: string, value: string])[]): Option[] =>
  pairs.filter(([, value]) => value !== '').map(([option, value]) => [`${option} = ?`, text(value)]);
/** Seconds with a fraction are written as the server printed them, if they are a number at all. */
const heartbeat = (option: string, seconds: string | null): Option[] =>
  seconds !== null && /^\d+(\.\d+)?$/.test(seconds) ? [[`${option} = ${seconds}`]] : [];

/**
 * A day of attempts, one a second: the 10 attempts that 9.7 makes by default were over after 10 s, for good. A delay
 * stays with who had it; who was the primary had none.
 */
function mysqlOptions({ like, source, user, password, wasPrimary }: Following): Option[] {
  const { tls } = like;
  return [
    ['SOURCE_HOST = ?', text(source.address)],
    ['SOURCE_PORT = ?', number(source.port)],
    ['SOURCE_USER = ?', text(user)],
    ['SOURCE_PASSWORD = ?', secret(password)],
    ['SOURCE_AUTO_POSITION = 1'],
    ['SOURCE_CONNECT_RETRY = 1'],
    ['SOURCE_RETRY_COUNT = 86400'],
    ...heartbeat('SOURCE_HEARTBEAT_PERIOD', like.heartbeatSeconds),
    ['SOURCE_DELAY = ?', number(wasPrimary ? 0 : like.delaySeconds)],
    [`SOURCE_SSL = ${flag(tls.on)}`],
    [`SOURCE_SSL_VERIFY_SERVER_CERT = ${flag(tls.verify)}`],
    ...given([
      ['SOURCE_SSL_CA', tls.ca],
      ['SOURCE_SSL_CAPATH', tls.caPath],
      ['SOURCE_SSL_CERT', tls.cert],
      ['SOURCE_SSL_KEY', tls.key],
      ['SOURCE_SSL_CIPHER', tls.cipher],
      ['SOURCE_SSL_CRL', tls.crl],
      ['SOURCE_TLS_VERSION', tls.version],
      ['SOURCE_PUBLIC_KEY_PATH', tls.publicKeyPath],
    ]),
    [`GET_SOURCE_PUBLIC_KEY = ${flag(tls.getPublicKey)}`],
  ];
}

/**
 * Without MASTER_DEMOTE_TO_SLAVE a former primary would ask from where it was last a replica (10.10 and later;
 * before, current_pos says the same). The certificate is checked by default from 11.4 on: so it is said.
 */
function mariadbOptions({ member, like, source, user, password, wasPrimary }: Following): Option[] {
  const { tls } = like;
  const demotes = wasPrimary && atLeast(member, 10, 10);
  return [
    ['MASTER_HOST = ?', text(source.address)],
    ['MASTER_PORT = ?', number(source.port)],
    ['MASTER_USER = ?', text(user)],
    ['MASTER_PASSWORD = ?', secret(password)],
    [`MASTER_USE_GTID = ${wasPrimary && !demotes ? 'current_pos' : 'slave_pos'}`],
    ...(demotes ? ([['MASTER_DEMOTE_TO_SLAVE = 1']] as const) : []),
    ['MASTER_CONNECT_RETRY = 1'],
    ...heartbeat('MASTER_HEARTBEAT_PERIOD', like.heartbeatSeconds),
    ['MASTER_DELAY = ?', number(wasPrimary ? 0 : like.delaySeconds)],
    [`MASTER_SSL = ${flag(tls.on)}`],
    [`MASTER_SSL_VERIFY_SERVER_CERT = ${flag(tls.verify)}`],
    ...given([
      ['MASTER_SSL_CA', tls.ca],
      ['MASTER_SSL_CAPATH', tls.caPath],
      ['MASTER_SSL_CERT', tls.cert],
      ['MASTER_SSL_KEY', tls.key],
      ['MASTER_SSL_CIPHER', tls.cipher],
      ['MASTER_SSL_CRL', tls.crl],
    ]),
  ];
}

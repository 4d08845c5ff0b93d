import type { Lab } from '../api';
import { inHost } from '../engine/lab';
import { BACKEND, BALANCER } from '../replication/addresses';
import { type ChannelStatus, type Hands, handsOn } from '../replication/hands';
import type { Node } from '../replication/scenario';

/** What a switchover may change on a server, read as root past every account: "db-a/read_only" → value. */
export type LabState = Readonly<Record<string, string>>;

const VARIABLES = `SHOW GLOBAL VARIABLES WHERE Variable_name IN ('read_only', 'super_read_only', 'event_scheduler', 'max_connections')
  OR Variable_name LIKE 'rpl_semi_sync%enabled';`;
const EVENTS = `SELECT CONCAT_WS('.', EVENT_SCHEMA, EVENT_NAME), CONCAT_WS(' | ', STATUS, DEFINER, SQL_MODE, TIME_ZONE,
  CHARACTER_SET_CLIENT, COLLATION_CONNECTION, DATABASE_COLLATION, STARTS, ENDS, INTERVAL_VALUE, INTERVAL_FIELD, ON_COMPLETION,
  EVENT_COMMENT, EVENT_DEFINITION) FROM information_schema.EVENTS;`;
/** Each gives a name and a value. */
const ASK = {
  mysql: [
    VARIABLES,
    EVENTS,
    "SELECT CONCAT('persisted ', VARIABLE_NAME), VARIABLE_VALUE FROM performance_schema.persisted_variables;",
    "SELECT CONCAT('locked ', User, '@', Host), account_locked FROM mysql.user;",
  ],
  mariadb: [
    VARIABLES,
    EVENTS,
    "SELECT CONCAT('locked ', User, '@', Host), COALESCE(JSON_VALUE(Priv, '$.account_locked'), 0) FROM mysql.global_priv;",
  ],
} as const;

/** What of a channel is its configuration, and whether it runs; not how far it is. */
const CHANNEL =
  /^(Channel_Name|Connection_name|Source_(Host|User|Port|Retry_Count|Bind|Delay|SSL_.*|TLS_.*)|Connect_Retry|Replica_(IO|SQL)_Running|Using_Gtid|Auto_Position|SQL_Delay|Replicate_.*|Get_Source_public_key)$/i;

/** The same before and after says that nothing of it was changed to stay. */
export async function stateOf(lab: Lab, nodes: readonly Node[]): Promise<LabState> {
  const hands = handsOn(lab.raw);
  const all = await Promise.all([...nodes.map((node) => stateOn(hands, node)), balancer(lab)]);
  return Object.fromEntries(all.flat().sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What differs, a line each; [] when nothing does. */
export function differences(before: LabState, after: LabState): string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key) =>
    before[key] === after[key] ? [] : [`${key}: ${before[key] ?? '(none)'} → ${after[key] ?? '(none)'}`],
  );
}

async function stateOn(hands: Hands, node: Node): Promise<[string, string][]> {
  const printed = await hands.sql(node, ASK[hands.engine].join('\n'));
  const rows = printed.split('\n').flatMap((line): [string, string][] => {
    const [name, ...value] = line.split('\t');
    return name ? [[`${node}/${name}`, value.join('\t')]] : [];
  });
  const channels = (await hands.channels(node)).flatMap((channel) => channelState(node, channel));
  const list = 'find /etc/mysql -type f -exec sha256sum {} + | sort';
  const files = await inHost(hands.lab, node, ['sh', '-c', list]);
  return [...rows, ...channels, [`${node}/configuration`, files.stdout.trim()]];
}

const channelState = (node: Node, channel: ChannelStatus): [string, string][] =>
  Object.entries(channel)
    .filter(([name]) => CHANNEL.test(name))
    .map(([name, value]) => [`${node}/channel ${name}`, value]);

/** Of each server its name, and whether it was taken out of service by hand. */
async function balancer(lab: Lab): Promise<[string, string][]> {
  if (!lab.raw.spec.hosts.some(({ name }) => name === BALANCER.host)) return [];
  const ask = `echo 'show servers state ${BACKEND.name}' | socat - ${BACKEND.socket}`;
  const { stdout } = await inHost(lab.raw, BALANCER.host, ['sh', '-c', ask]);
  return stdout
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, backend]) => backend === BACKEND.name)
    .map(([, , , server = '', , , admin = '']) => [`${BALANCER.host}/${server}`, admin]);
}

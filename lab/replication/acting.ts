import type { ClusterActing } from '@shared/estate/schema';
import type { ServiceControl } from '@shared/estate/schema-access';
import { DEFAULT_LOG_BASE, logSudoers } from '@shared/failover/log-rights';
import { rebuildSudo } from '@shared/rejoin/rebuild/places';
import { serviceSudo, sudoCommands, sudoersFor } from '@shared/switchover/sudo-commands';
import { SSH_USERS } from '../access/secrets';
import { inHost } from '../engine/lab';
import type { Engine } from '../engine/spec';
import { BACKEND, BALANCER, OWN_FILE } from './addresses';
import type { Hands } from './hands';
import type { Node, Scenario } from './scenario';
import { each } from './straighten';

/** What the labs have so that a primary can be changed as in life: events, a verified backup, a balancer. */

/** Where both servers of a lab keep their data. */
const DATA = '/var/lib/mysql';
/** Touched whenever a scenario is made, on the last of its servers. */
export const BACKUP_MARK = '/var/backups/patronus/verified';

/** A scheduled event, with all that ALTER EVENT would take from whoever runs it. */
interface LabEvent {
  readonly name: string;
  readonly on: boolean;
  readonly definer: string;
  readonly charset: string;
  readonly collation: string;
  readonly sqlMode: string;
  readonly timeZone: string;
  readonly body: string;
}

/** Both run far away in time: nothing here waits for them. */
export const EVENTS: readonly LabEvent[] = [
  {
    name: 'ledger_sweep',
    on: true,
    definer: "'jobs'@'10.%'",
    charset: 'latin1',
    collation: 'latin1_swedish_ci',
    sqlMode: 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION',
    timeZone: '+02:00',
    body: "DELETE FROM patronus.ledger WHERE at < NOW() - INTERVAL 1 YEAR AND 'é' <> ''",
  },
  {
    name: 'account_check',
    on: false,
    definer: "'root'@'localhost'",
    charset: 'utf8mb4',
    collation: 'utf8mb4_unicode_ci',
    sqlMode: 'ANSI_QUOTES',
    timeZone: 'SYSTEM',
    body: 'DO 1',
  },
];

const statusOn = (event: LabEvent, primary: boolean, engine: Engine): string => {
  if (!primary) return engine === 'mysql' ? 'DISABLE ON REPLICA' : 'DISABLE ON SLAVE';
  return event.on ? 'ENABLE' : 'DISABLE';
};

/** The events as they are after they were made on the primary and replicated, without a logged transaction. */
export async function scheduleEvents(hands: Hands, primary: Node, nodes: readonly Node[]): Promise<void> {
  await each(nodes, (node) =>
    hands.unlogged(
      node,
      EVENTS.map(
        (event) => `SET NAMES ${event.charset} COLLATE ${event.collation};
SET SESSION sql_mode='${event.sqlMode}', SESSION time_zone='${event.timeZone}';
DROP EVENT IF EXISTS patronus.${event.name};
CREATE DEFINER=${event.definer} EVENT patronus.${event.name} ON SCHEDULE EVERY 1 DAY STARTS '2037-01-01 03:00:00'
  ${statusOn(event, node === primary, hands.engine)} DO ${event.body};`,
      ).join('\n'),
    ),
  );
}

/** A backup was verified just now. */
export async function markBackup(hands: Hands, node: Node): Promise<void> {
  const script = `mkdir -p "$(dirname "$1")" && touch "$1"`;
  await inHost(hands.lab, node, ['sh', '-c', script, 'sh', BACKUP_MARK]);
}

/** New connections go to that server, those to the others end. */
export async function leadTo(hands: Hands, node: Node): Promise<void> {
  await inHost(hands.lab, BALANCER.host, ['/opt/lab/lb.sh', 'lead', node]);
}

/** What systemctl is elsewhere: it really stops the server of its host, and what it starts ends with the lab. */
function controlOf(engine: Engine): ServiceControl {
  const looks = (word: string) => ['/opt/lab/service.sh', engine, word];
  const asRoot = (word: string) => ['sudo', '-n', ...looks(word)];
  return {
    stop: asRoot('stop'),
    start: asRoot('start'),
    disable: asRoot('disable'),
    enable: asRoot('enable'),
    state: looks('state'),
    boot: looks('boot'),
  };
}

/** `clusters[].acting` of a scenario's estate. */
export function statedActing(
  { balanced }: Pick<Scenario, 'balanced'>,
  members: readonly Node[],
  engine: Engine,
): ClusterActing {
  const [first = 'db-a'] = members;
  return {
    boot: 'read-only',
    backup: { host: members.at(-1) ?? first, mark: BACKUP_MARK, withinHours: 24 },
    catchUpSeconds: 10,
    service: Object.fromEntries(members.map((node) => [node, controlOf(engine)])),
    ...(balanced
      ? {
          traffic: [
            {
              kind: 'haproxy',
              id: 'writers',
              host: BALANCER.host,
              socket: BACKEND.socket,
              backend: BACKEND.name,
              servers: Object.fromEntries(members.map((node) => [node, node])),
            },
          ],
        }
      : {}),
  };
}

/** sudoers lines of the acting account on a host: what a change of the primary needs there, and nothing else. */
export function sudoersOf(host: string, nodes: readonly Node[], engine: Engine): string[] {
  const members = nodes.map((service) => ({ service, role: 'unknown' as const }));
  const acting = statedActing({ balanced: true }, nodes, engine);
  const isServer = nodes.some((node) => node === host);
  const commands = [
    ...sudoCommands({ members, acting }, host, engine === 'mariadb' && isServer ? OWN_FILE : null),
    ...(isServer ? serviceSudo({ acting }, host, engine) : []),
    ...(isServer ? rebuildSudo(engine, DATA) : []),
  ];
  const logs = isServer ? logSudoers(SSH_USERS.act, DEFAULT_LOG_BASE) : [];
  return [...sudoersFor(SSH_USERS.act, commands), ...logs];
}

import type { ClusterActing } from '@shared/estate/schema';
import { sudoCommands, sudoersFor } from '@shared/switchover/sudo-commands';
import { SSH_USERS } from '../access/secrets';
import type { Lab } from '../api';
import { addressOf, BALANCER } from '../replication/addresses';
import type { Node } from '../replication/scenario';

/** What leads an application to who takes writes where nothing stands between: a value in its file, and a name. */

const FILE = '/etc/app/database.env';
const RELOAD = '/usr/local/bin/app-reload';
/** What the application has read. */
const ACTIVE = '/run/app-active';
const NAME = '/usr/local/bin/name-writer';
const ZONE = '/var/lib/names/writer';

const valuesOf = (nodes: readonly Node[]) => Object.fromEntries(nodes.map((node) => [node, addressOf(node)]));

/** `acting.traffic` of a cluster of these servers; all of it runs on the host that the lab has for clients. */
export const trafficHooks = (nodes: readonly Node[]): NonNullable<ClusterActing['traffic']> => [
  {
    kind: 'setting',
    id: 'app',
    hosts: [BALANCER.host],
    file: FILE,
    key: 'DB_HOST',
    values: valuesOf(nodes),
    reload: ['sudo', '-n', RELOAD],
  },
  {
    kind: 'command',
    id: 'name',
    host: BALANCER.host,
    run: Object.fromEntries(nodes.map((node) => [node, [NAME, addressOf(node)]])),
    verify: ['cat', ZONE],
    values: valuesOf(nodes),
  },
];

/** The host as it is before any switchover: led to the first of them, and with exactly the rights that are printed. */
export async function prepareHooks(lab: Lab, nodes: readonly Node[]): Promise<void> {
  const members = nodes.map((service) => ({ service, role: 'unknown' as const }));
  const acting: ClusterActing = { traffic: trafficHooks(nodes) };
  const rights = sudoersFor(SSH_USERS.act, sudoCommands({ members, acting }, BALANCER.host, null));
  const [first = 'db-a'] = nodes;
  const script = 'mkdir -p "$(dirname "$1")"; cat >"$1"; chmod "$2" "$1"';
  const write = (file: string, input: string, mode: string) =>
    lab.exec(BALANCER.host, ['sh', '-c', script, 'sh', file, mode], { input });
  await write(
    FILE,
    `# where writes go\nDB_PORT=3306\n  DB_HOST = ${addressOf(first)}\nDB_HOST_OLD=x\n`,
    '644',
  );
  await write(RELOAD, `#!/bin/sh\nsed -n 's/^ *DB_HOST *= *//p' ${FILE} >>${ACTIVE}\n`, '755');
  await write(NAME, `#!/bin/sh\nprintf '%s\\n' "$1" >${ZONE}\n`, '755');
  await write(ZONE, `${addressOf(first)}\n`, '644');
  await write('/etc/sudoers.d/hooks', `${rights.join('\n')}\n`, '440');
  await lab.exec(BALANCER.host, ['sh', '-c', `: >${ACTIVE}; chown ${SSH_USERS.act} ${ZONE}`]);
}

/** What stands there now: the application's file, every value that it has read so far, and whom the name leads to. */
export async function hooksNow(lab: Lab): Promise<{ file: string[]; read: string[]; name: string }> {
  const lines = async (file: string) => {
    const { stdout } = await lab.exec(BALANCER.host, ['cat', file]);
    return stdout.split('\n').slice(0, -1);
  };
  const [name = ''] = await lines(ZONE);
  return { file: await lines(FILE), read: await lines(ACTIVE), name };
}

/** Somebody leads the name to that server, by hand. */
export async function misleadName(lab: Lab, node: Node): Promise<void> {
  await lab.exec(BALANCER.host, [NAME, addressOf(node)]);
}

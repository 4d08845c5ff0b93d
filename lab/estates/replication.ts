import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSecret } from '../access/secrets';
import { accountStatements, replicationAccounts } from '../access/sql-accounts';
import { type LayerSpec, MARIADB_118, MYSQL_97 } from '../debian/layer';
import { inHost, type Lab } from '../engine/lab';
import { repositoryRoot } from '../engine/paths';
import { ENGINES, type Engine, type HostSpec, type LabSpec, type ServiceSpec } from '../engine/spec';
import { sudoersOf } from '../replication/acting';
import { addressOf, BALANCER, gateOf } from '../replication/addresses';
import { bend } from '../replication/bend';
import { statedEstate } from '../replication/estate';
import { handsOn, WRITER_HOST } from '../replication/hands';
import { expectedOf, isHere, NODES, type Node, nodesOf, type Scenario } from '../replication/scenario';
import { SCENARIOS } from '../replication/scenarios';
import { dataFolder } from '../replication/template';

/** Servers that follow each other, and an application that writes: a lab for each scenario. */

const layer = (engine: Engine): LayerSpec | undefined => (engine === 'mysql' ? MYSQL_97 : undefined);
/** MySQL has one release here. */
const otherRelease = (engine: Engine): LayerSpec => (engine === 'mysql' ? MYSQL_97 : MARIADB_118);
const sshd: ServiceSpec = { name: 'sshd', script: () => 'sshd', processes: () => ['sshd'] };

const database: ServiceSpec = {
  name: 'mysql',
  aliases: ['mariadb', 'database', 'mysqld'],
  script: (engine) => engine,
  processes: (engine) => (engine === 'mysql' ? ['mysqld'] : ['mariadbd']),
  prepare: dataFolder,
  fill: async (lab, host) => {
    const hands = handsOn(lab);
    const node = host.name as Node;
    const tables = await readFile(join(repositoryRoot(), 'lab/inhost/replication.sql'), 'utf8');
    await hands.unlogged(node, tables);
    // whichever host initialised the data that is kept: its name came along
    await hands.unlogged(node, NODES.map((one) => `DROP USER IF EXISTS root@'${one}';`).join('\n'));
    await hands.unlogged(node, await accountStatements(lab, replicationAccounts(lab.config.engine)));
  },
};

const server = (node: Node, nodes: readonly Node[], { newer }: Scenario): HostSpec => ({
  name: node,
  address: addressOf(node),
  gate: gateOf(node),
  layer: newer?.includes(node) ? otherRelease : layer,
  sudo: (engine) => sudoersOf(node, nodes, engine),
  services: [sshd, database],
});

/** The application; outside the estate, so without a gate. */
const writer: HostSpec = {
  name: WRITER_HOST,
  address: '10.0.10.9',
  layer,
  services: [
    {
      name: 'writer',
      script: () => 'writer',
      processes: (engine) => [engine],
      prepare: async (lab, host) => {
        const input = await readSecret(lab.paths, 'sql-app');
        const conf = ['/opt/lab/writer.sh', 'conf', addressOf('db-a'), lab.config.engine];
        await inHost(lab, host.name, conf, { input });
      },
    },
  ],
};

/** What clients could connect to in place of a server: the estate of some scenarios names it as their traffic. */
const balancer = (nodes: readonly Node[]): HostSpec => ({
  name: BALANCER.host,
  address: BALANCER.address,
  gate: BALANCER.gate,
  sudo: (engine) => sudoersOf(BALANCER.host, nodes, engine),
  services: [
    sshd,
    {
      name: 'haproxy',
      aliases: ['balancer', 'lb'],
      script: () => 'lb',
      processes: () => ['haproxy'],
      prepare: async (lab, host) => {
        const servers = nodes.map((node) => `${node}=${addressOf(node)}`);
        await inHost(lab, host.name, ['/opt/lab/lb.sh', 'conf', ...servers]);
      },
    },
  ],
});

const specOf = (scenario: Scenario): LabSpec => ({
  name: `replication/${scenario.name}`,
  title: scenario.title,
  estate: async (engine) => statedEstate(scenario, engine),
  hosts: [
    ...nodesOf(scenario).map((node, _, nodes) => server(node, nodes, scenario)),
    balancer(nodesOf(scenario)),
    writer,
  ],
  // MariaDB brings Galera and rsync along
  packages: ['mariadb-server', 'mariadb-backup', 'openssl', 'haproxy', 'socat', 'libfaketime'],
  secrets: [
    { name: 'sql-watch', console: true },
    { name: 'sql-act', console: true },
    { name: 'sql-app' },
    { name: 'sql-maintenance' },
    { name: 'sql-repl', console: true },
  ],
  arrange: async (lab: Lab) => void (await bend(lab, scenario.name)),
  sql: {
    hosts: NODES,
    read: { user: 'patronus_watch', secret: 'sql-watch' },
    act: { user: 'patronus_act', secret: 'sql-act' },
    replication: { user: 'repl', secret: 'sql-repl' },
  },
});

/** Those that some engine can have. */
export const replicationLabs: readonly LabSpec[] = SCENARIOS.filter((scenario) =>
  ENGINES.some((engine) => isHere(expectedOf(scenario, engine))),
).map(specOf);

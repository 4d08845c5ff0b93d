import { stringify } from 'yaml';
import type { Engine, StatedEstate } from '../engine/spec';
import { addressOf } from './addresses';
import type { Node, Scenario } from './scenario';

/** The estate file of a scenario, as a person would state it. */
export function statedEstate(scenario: Scenario, engine: Engine): StatedEstate {
  const members = Object.entries(scenario.wiring.members).map(([id, role]) => ({ id: id as Node, role }));
  const heartbeat = scenario.heartbeat === undefined ? {} : { heartbeat: scenario.heartbeat };
  const account = { user: 'monitor', secret: 'prompt' };
  return {
    hosts: members.map(({ id }) => id),
    source: `the scenario replication/${scenario.name}`,
    text: stringify({
      version: 1,
      estate: `replication-${scenario.name}`,
      title: scenario.title,
      // an age taken from positions is no finer than the looks: at two seconds it would pass the limit of two
      watch: { everySeconds: 1 },
      sites: [{ id: 'datacenter', title: 'Datacenter' }],
      hosts: members.map(({ id }) => ({ id, site: 'datacenter', address: addressOf(id), form: 'virtual' })),
      services: members.map(({ id }) => ({
        id,
        kind: engine,
        role: 'database',
        hosts: [id],
        port: 3306,
        protocol: 'mysql',
        sql: { via: 'ssh', credentials: { read: account }, ...heartbeat },
      })),
      clusters: [
        {
          id: 'data',
          title: scenario.title,
          technology: 'mysql-async',
          members: members.map(({ id, role }) => ({ service: id, role })),
        },
      ],
    }),
  };
}

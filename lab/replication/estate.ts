import { stringify } from 'yaml';
import type { Engine, StatedEstate } from '../engine/spec';
import { statedActing } from './acting';
import { addressOf, BALANCER } from './addresses';
import type { Node, Scenario } from './scenario';

/** The estate file of a scenario, as a person would state it. */
export function statedEstate(scenario: Scenario, engine: Engine): StatedEstate {
  const members = Object.entries(scenario.wiring.members).map(([id, role]) => ({ id: id as Node, role }));
  const heartbeat = scenario.heartbeat === undefined ? {} : { heartbeat: scenario.heartbeat };
  const nodes = members.map(({ id }) => id);
  const hosts = nodes.map((id) => ({ id: id as string, address: addressOf(id) }));
  if (scenario.balanced) hosts.push({ id: BALANCER.host, address: BALANCER.address });
  const account = { user: 'monitor', secret: 'prompt' };
  return {
    hosts: hosts.map(({ id }) => id),
    source: `the scenario replication/${scenario.name}`,
    text: stringify({
      version: 1,
      estate: `replication-${scenario.name}`,
      title: scenario.title,
      // an age taken from positions is no finer than the looks: at two seconds it would pass the limit of two
      watch: { everySeconds: 1 },
      sites: [{ id: 'datacenter', title: 'Datacenter' }],
      hosts: hosts.map((host) => ({ ...host, site: 'datacenter', form: 'virtual' })),
      services: [
        ...nodes.map((id) => ({
          id,
          kind: engine,
          role: 'database',
          hosts: [id],
          port: 3306,
          protocol: 'mysql',
          sql: { via: 'ssh', credentials: { read: account }, ...heartbeat },
        })),
        ...(scenario.balanced ? [BALANCER_SERVICE] : []),
      ],
      clusters: [
        {
          id: 'data',
          title: scenario.title,
          technology: scenario.technology ?? 'mysql-async',
          members: members.map(({ id, role }) => ({ service: id, role })),
          acting: statedActing(scenario, nodes, engine),
        },
      ],
    }),
  };
}

const BALANCER_SERVICE = {
  id: 'writers',
  kind: 'haproxy',
  role: 'balancer',
  hosts: [BALANCER.host],
  port: 3306,
  protocol: 'mysql',
};

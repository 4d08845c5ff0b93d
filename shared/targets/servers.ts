import type { Language } from '../contract';
import type { Estate, Service } from '../estate/schema';
import { say } from '../text';
import type { Server } from './structure-model';

/** Which machine each host is, in the end. */
export interface Machines {
  /** Id of the outermost host; the id itself for a host that nobody declared. */
  of: (host: string) => string;
  title: (machine: string) => string;
}

/** Hosts led back to the machines that they run on: a container falls with its node. */
export function machinesOf(estate: Estate, language: Language): Machines {
  const hosts = new Map(estate.hosts.map((host) => [host.id, host]));
  const of = (host: string): string => {
    const seen = new Set<string>();
    let here = host;
    for (let next = hosts.get(here)?.within; next !== undefined && !seen.has(next); ) {
      seen.add(next);
      here = next;
      next = hosts.get(here)?.within;
    }
    return here;
  };
  return { of, title: (machine) => say(hosts.get(machine)?.title ?? machine, language) };
}

/**
 * The servers of a service, each machine once. A service without hosts has as many as it needs at least, each of them
 * a machine of its own: two that are placed nowhere are not said to share one.
 */
export function serversOf({ id, hosts = [], multiplicity }: Service, machines: Machines): Server[] {
  if (hosts.length === 0) {
    const count = Math.max(1, multiplicity?.min ?? 1);
    return Array.from({ length: count }, (_, n) => {
      const name = count === 1 ? id : `${id}#${n + 1}`;
      return { id: name, title: '', host: null, services: [id] };
    });
  }
  return [...new Set(hosts.map(machines.of))].map((machine) => ({
    id: machine,
    title: machines.title(machine),
    host: machine,
    services: [id],
  }));
}

import type { Estate } from '../estate/schema';
import type { TargetEffort, TargetFigure } from '../views/targets';

/** What there is to do, counted from the difference of two estates; how many days it takes is a person's to say. */
export function effortOf(before: Estate, after: Estate, work: TargetFigure): TargetEffort {
  const names = (list: readonly { id: string }[]) => new Set(list.map(({ id }) => id));
  const [oldHosts, newHosts] = [names(before.hosts), names(after.hosts)];
  const oldServices = new Map(before.services.map((service) => [service.id, service]));
  const [oldLinks, newLinks] = [names(before.links), names(after.links)];
  const placed = (hosts: readonly string[] | undefined) => [...(hosts ?? [])].sort().join();
  const moved = after.services.filter(({ id, hosts }) => {
    const old = oldServices.get(id);
    return (
      old && placed(old.hosts) !== placed(hosts) && !(old.hosts ?? []).some((host) => hosts?.includes(host))
    );
  });
  const isMoved = (service: string) => moved.some(({ id }) => id === service);
  return {
    work,
    newServers: [...newHosts].filter((id) => !oldHosts.has(id)).length,
    goneServers: [...oldHosts].filter((id) => !newHosts.has(id)).length,
    newServices: after.services.filter(({ id }) => !oldServices.has(id)).length,
    movedData: after.dataSets.filter(({ service }) => isMoved(service)).length,
    changedLinks:
      [...newLinks].filter((id) => !oldLinks.has(id)).length +
      [...oldLinks].filter((id) => !newLinks.has(id)).length,
  };
}

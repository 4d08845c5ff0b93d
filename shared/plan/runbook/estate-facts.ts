import type { DataSet, Estate, Service } from '../../estate/schema';
import { isMoved } from '../moved';

/** What a row is done for: a data set or a client policy, under the id that ends the id of its step. */
export interface Subject {
  id: string;
  title: DataSet['title'];
  service: Service | undefined;
}

/** What of an estate decides which steps its migration has. */
export interface EstateFacts {
  databases: readonly Subject[];
  trees: readonly Subject[];
  sessions: readonly Subject[];
  policies: readonly Subject[];
  /** Services that answer requests: web and application. */
  fronts: readonly Service[];
  caches: readonly Service[];
  /** Services of which two at the same time would do harm. */
  singles: readonly Service[];
  /** Somebody outside reaches the estate by a name. */
  hasUsers: boolean;
}

/** Gathers them; nothing of it is guessed: what the estate does not say is not there. */
export function estateFactsOf(estate: Estate): EstateFacts {
  const services = new Map(estate.services.map((service) => [service.id, service]));
  const subject = ({ id, title, service }: DataSet): Subject => ({
    id,
    title,
    service: services.get(service),
  });
  const moved = estate.dataSets.filter(isMoved);
  const byRole = (...roles: string[]) => estate.services.filter(({ role }) => roles.includes(role));
  return {
    databases: moved.filter(({ store }) => store === 'database').map(subject),
    trees: moved.filter(({ store }) => store !== 'database').map(subject),
    sessions: sessionsOf(estate).map((service) => ({
      id: service.id,
      title: service.title ?? service.id,
      service,
    })),
    policies: estate.clientPolicies
      .filter(({ stickiness }) => stickiness !== undefined)
      .map(({ id, actor }) => ({
        id,
        title: estate.actors.find((each) => each.id === actor)?.title ?? actor,
        service: undefined,
      })),
    fronts: byRole('web', 'application'),
    caches: byRole('cache'),
    singles: estate.services.filter(({ singleton }) => singleton === true),
    hasUsers: estate.actors.length > 0,
  };
}

/** Services that keep sessions: by their role, or because a data set of sessions is theirs. */
function sessionsOf(estate: Estate): Service[] {
  const keepers = new Set(
    estate.dataSets.flatMap(({ store, service }) => (store === 'session' ? [service] : [])),
  );
  return estate.services.filter(({ id, role }) => role === 'session' || keepers.has(id));
}

import type { Estate } from '../estate/schema';

/** Ports that protocols have of their own (IANA). REST is spoken over HTTP. */
const OWN_PORTS: Readonly<Record<string, number>> = {
  http: 80,
  rest: 80,
  https: 443,
  mysql: 3306,
  postgresql: 5432,
  redis: 6379,
  memcached: 11211,
  cifs: 445,
};

/** The port of a service: as stated, else that of its protocol, or of a link that leads to it. undefined: unknown. */
export function portOf(service: Estate['services'][number], links: Estate['links']): number | undefined {
  if (service.port !== undefined) return service.port;
  const inward = links.filter(({ to, purpose }) => to === service.id && purpose !== 'start');
  const stated = inward.find(({ port }) => typeof port === 'number')?.port;
  if (typeof stated === 'number') return stated;
  const protocols = [service.protocol, ...inward.map(({ protocol }) => protocol)];
  return protocols.flatMap((name) =>
    name !== undefined && Object.hasOwn(OWN_PORTS, name) ? [OWN_PORTS[name]] : [],
  )[0];
}

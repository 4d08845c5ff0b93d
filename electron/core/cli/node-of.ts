import type { Estate } from '@shared/estate/schema';

/** People name the host; where it has two servers of the cluster, or a name of its own, the service. */
export function nodeOf(estate: Estate, cluster: string, to: string): string {
  const members = estate.clusters.find(({ id }) => id === cluster)?.members ?? [];
  const named = estate.services.filter(
    ({ id, hosts }) =>
      members.some(({ service }) => service === id) && (id === to || hosts?.includes(to) === true),
  );
  const [only] = named;
  return named.length === 1 && only && only.id !== to && only.hosts?.length === 1 ? only.id : to;
}

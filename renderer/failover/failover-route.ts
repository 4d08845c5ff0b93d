import type { Route } from '../route';

/** Where the emergency failover of a cluster is looked at; `to`: for a server that a person names. */
export const failoverRoute = (cluster: string, to?: string): Route => ({
  place: 'replication',
  id: cluster,
  query: { page: 'failover', ...(to === undefined ? {} : { to }) },
});

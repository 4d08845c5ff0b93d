import type { RejoinWay } from '@shared/rejoin/model';
import type { Route } from '../route';

/** Where the return of a server is looked at; `way`: planned by that way. */
export const rejoinRoute = (cluster: string, server: string, way?: RejoinWay): Route => ({
  place: 'replication',
  id: cluster,
  query: { page: 'rejoin', server, ...(way === undefined ? {} : { way }) },
});

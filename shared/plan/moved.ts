import type { DataSet } from '../estate/schema';

/** Data that must be carried over; caches and sessions are filled anew. */
export const isMoved = (set: DataSet): boolean =>
  set.store === 'database' || set.store === 'files' || set.store === 'document';

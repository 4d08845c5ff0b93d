import { createContext, useContext } from 'react';

/** When the look was taken that the Replication place shows; epoch milliseconds. */
export const ReplicationAt = createContext(0);
export const useReplicationAt = (): number => useContext(ReplicationAt);

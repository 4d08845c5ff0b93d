import type { Estate } from '@shared/estate/schema';
import { replicationOf } from '@shared/replication/replication-of';
import type { Snapshot } from '@shared/snapshot';
import { topologyOf } from '@shared/topology/topology-of';
import type { Replication } from '@shared/views/replication';
import type { Topology } from '@shared/views/topology';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { emptyMemory, type Memory, remember } from './memory';

/** Everything the places look at: the estate, the last look at it, and what follows from both. */
export interface Watched {
  file: string;
  estate: Estate;
  snapshot: Snapshot;
  topology: Topology;
  replication: Replication;
  memory: Memory;
}

const WatchedContext = createContext<Watched | null>(null);

export function useWatched(): Watched {
  const watched = useContext(WatchedContext);
  if (!watched) throw new Error('useWatched needs an open estate');
  return watched;
}

/** Decides once per look what all places show. */
export function WatchedProvider({
  file,
  estate,
  snapshot,
  children,
}: {
  file: string;
  estate: Estate;
  snapshot: Snapshot;
  children: ReactNode;
}) {
  const topology = useMemo(() => topologyOf(estate, snapshot), [estate, snapshot]);
  const replication = useMemo(() => replicationOf(estate, snapshot), [estate, snapshot]);
  const [memory, setMemory] = useState(emptyMemory);
  useEffect(() => {
    setMemory((before) => remember(before, snapshot, topology.findings));
  }, [snapshot, topology]);
  const watched = useMemo(
    () => ({ file, estate, snapshot, topology, replication, memory }),
    [file, estate, snapshot, topology, replication, memory],
  );
  return <WatchedContext value={watched}>{children}</WatchedContext>;
}

/** A snapshot in which nobody was asked: what is known in the first moment. */
export const nothingAsked = (estate: Estate): Snapshot => ({
  estate: estate.estate,
  takenAt: 0,
  periodMs: (estate.watch?.everySeconds ?? 5) * 1000,
  hosts: Object.fromEntries(estate.hosts.map((host) => [host.id, { state: 'unasked' as const }])),
});

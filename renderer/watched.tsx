import type { Estate } from '@shared/estate/schema';
import { momentOf, type RecordingState } from '@shared/recording/state';
import type { Snapshot } from '@shared/snapshot';
import { topologyOf } from '@shared/topology/topology-of';
import type { Replication } from '@shared/views/replication';
import type { Finding, Severity, Topology } from '@shared/views/topology';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { emptyMemory, findingKey, type Memory, remember } from './memory';
import { pastMemory } from './recording/past-memory';
import { useReplication } from './use-replication';

/** Everything the places look at: the estate, the last look at it, and what follows from both. */
export interface Watched {
  file: string;
  estate: Estate;
  snapshot: Snapshot;
  topology: Topology;
  replication: Replication;
  /** Of topology and of replication, worst first. */
  findings: readonly Finding[];
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
  recording,
  children,
}: {
  file: string;
  estate: Estate;
  snapshot: Snapshot;
  recording: RecordingState | undefined;
  children: ReactNode;
}) {
  const topology = useMemo(() => topologyOf(estate, snapshot), [estate, snapshot]);
  const replication = useReplication(estate, snapshot);
  const findings = useMemo(() => allFindings(topology, replication), [topology, replication]);
  const [live, setLive] = useState(emptyMemory);
  const at = momentOf(recording);
  useEffect(() => {
    if (at === null) setLive((before) => remember(before, snapshot, findings));
  }, [at, snapshot, findings]);
  const line = recording?.state === 'there' ? recording.line : null;
  const memory = useMemo(
    () => (at === null ? live : pastMemory(line, at, findings)),
    [at, live, line, findings],
  );
  const watched = useMemo(
    () => ({ file, estate, snapshot, topology, replication, findings, memory }),
    [file, estate, snapshot, topology, replication, findings, memory],
  );
  return <WatchedContext value={watched}>{children}</WatchedContext>;
}

const SEVERITIES: readonly Severity[] = ['critical', 'warning', 'info'];

/** A finding that both tell stands once. */
function allFindings({ findings }: Topology, { clusters }: Replication): Finding[] {
  const told = clusters.flatMap((cluster) => [
    ...cluster.findings,
    ...cluster.members.flatMap((member) => member.findings),
  ]);
  const byKey = new Map([...findings, ...told].map((finding) => [findingKey(finding), finding]));
  return [...byKey.values()].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

/** A snapshot in which nobody was asked: what is known in the first moment. */
export const nothingAsked = (estate: Estate): Snapshot => ({
  estate: estate.estate,
  takenAt: 0,
  periodMs: (estate.watch?.everySeconds ?? 5) * 1000,
  hosts: Object.fromEntries(estate.hosts.map((host) => [host.id, { state: 'unasked' as const }])),
});

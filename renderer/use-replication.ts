import type { Estate } from '@shared/estate/schema';
import { kindOf } from '@shared/kinds';
import { replicationOf } from '@shared/replication/replication-of';
import type { Snapshot } from '@shared/snapshot';
import type { Replication } from '@shared/views/replication';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { callOptions, queryClient } from './api';

/** Milliseconds between two questions: hosts answer one by one, and each answer would be a question. */
const LEAST_MS = 400;

/**
 * Replication as the core tells it, because only the core remembers where servers stood at earlier looks, from
 * which a lag is told. Asked again after each look.
 */
export function useReplication(estate: Estate, snapshot: Snapshot): Replication {
  const options = useMemo(() => callOptions('replication.get', undefined), []);
  // An estate without databases costs nothing.
  const shown = useMemo(
    () => estate.services.some((service) => kindOf(service.kind)?.icon === 'database'),
    [estate],
  );
  const { data } = useQuery({ ...options, enabled: shown });
  const asked = useRef(0);
  useEffect(() => {
    // Nothing was looked at yet: then there is nothing to ask for either.
    if (!shown || snapshot.takenAt === 0) return;
    const wait = Math.max(0, asked.current + LEAST_MS - performance.now());
    const timer = setTimeout(() => {
      asked.current = performance.now();
      void queryClient.invalidateQueries({ queryKey: options.queryKey });
    }, wait);
    return () => clearTimeout(timer);
  }, [shown, snapshot, options]);
  const first = useMemo(
    () => (shown && !data ? replicationOf(estate, snapshot) : null),
    [shown, data, estate, snapshot],
  );
  return data ?? first ?? NOTHING;
}

const NOTHING: Replication = { takenAt: 0, clusters: [] };

import type { Assessment } from '@shared/views/assessment';
import { useEffect, useRef, useState } from 'react';
import { callOptions, client, queryClient, useCall } from '../api';

/** The last assessment, and how a new one is run and stopped. It is run by nobody's timer; leaving stops it. */
export function useAssessment() {
  const { data } = useCall('assessment.get', undefined);
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const run = () => {
    const leaving = new AbortController();
    stop.current = leaving;
    setRunning(true);
    setError(null);
    client
      .call('assessment.run', undefined, leaving.signal)
      .then(
        (assessment: Assessment) =>
          queryClient.setQueryData(callOptions('assessment.get', undefined).queryKey, assessment),
        (thrown: unknown) => {
          if (!leaving.signal.aborted) setError(thrown instanceof Error ? thrown : new Error(String(thrown)));
        },
      )
      .finally(() => setRunning(false));
  };
  return { assessment: data ?? null, run, cancel: () => stop.current?.abort(), running, error };
}

import type { MeasureOffer, MeasureProgress, MeasureResult } from '@shared/measure/model';
import { formatBytes } from '@shared/text/format';
import { useEffect, useRef, useState } from 'react';
import { callOptions, client, queryClient } from '../api';
import { useWords } from '../words';

/** One measurement that a person starts here: how far it is, what came of it, and how it is stopped. Leaving stops it. */
export function useMeasurement(offer: MeasureOffer) {
  const { duration, language } = useWords();
  const [heard, setHeard] = useState<MeasureProgress | null>(null);
  const [result, setResult] = useState<MeasureResult | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const [running, setRunning] = useState(false);
  const stop = useRef<AbortController | null>(null);
  const { kind, subject } = offer;
  useEffect(
    () =>
      client.on('measure.progress', (progress) => {
        if (progress.kind === kind && progress.subject === subject) setHeard(progress);
      }),
    [kind, subject],
  );
  useEffect(() => () => stop.current?.abort(), []);
  const start = () => {
    const leaving = new AbortController();
    stop.current = leaving;
    setRunning(true);
    setHeard(null);
    setResult(null);
    setError(null);
    client
      .call('measure.start', offer.request, leaving.signal)
      .then(
        (came) => {
          setResult(came);
          void queryClient.invalidateQueries({ queryKey: callOptions('ledger.get', undefined).queryKey });
        },
        (thrown: unknown) => {
          if (!leaving.signal.aborted) setError(thrown instanceof Error ? thrown : new Error(String(thrown)));
        },
      )
      .finally(() => setRunning(false));
  };
  const progress =
    heard &&
    [
      heard.of === null
        ? duration(heard.seconds * 1000)
        : `${duration(heard.seconds * 1000)} / ${duration(heard.of * 1000)}`,
      ...(heard.bytes === null ? [] : [formatBytes(heard.bytes, language)]),
    ].join(' · ');
  return { start, cancel: () => stop.current?.abort(), running, progress, result, error };
}

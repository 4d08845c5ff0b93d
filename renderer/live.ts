import { useEffect } from 'react';
import { callOptions, client, queryClient } from './api';
import { applyChange } from './live-state';

/** Writes every event into the query cache. Mounted once, at the top. */
export function useLive(): void {
  useEffect(() => {
    const { queryKey } = callOptions('watch.snapshot', undefined);
    const off = [
      client.on('host.changed', (change) => {
        const next = applyChange(queryClient.getQueryData(queryKey), change);
        if (next) queryClient.setQueryData(queryKey, next);
        else void queryClient.invalidateQueries({ queryKey });
      }),
      client.on('estate.changed', (opened) => {
        queryClient.setQueryData(callOptions('estate.get', undefined).queryKey, opened);
        void queryClient.invalidateQueries({ queryKey });
        void queryClient.invalidateQueries({ queryKey: callOptions('ledger.get', undefined).queryKey });
      }),
      client.on('question.changed', (questions) =>
        queryClient.setQueryData(callOptions('question.list', undefined).queryKey, questions),
      ),
    ];
    return () => {
      for (const stop of off) stop();
    };
  }, []);
}

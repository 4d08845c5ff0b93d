import { useEffect } from 'react';
import { callOptions, client, queryClient } from './api';
import { LiveBuffer } from './live-buffer';
import { applyChange, applyWoke } from './live-state';
import { withRun } from './runs/live-runs';

/** What people have decided about a plan, and what was found out for it, belongs to one estate. */
const OF_THE_PLAN = ['plan.frame', 'measure.list', 'assessment.get'] as const;

/** Writes every event into the query cache. Mounted once, at the top. */
export function useLive(): void {
  useEffect(() => {
    const { queryKey } = callOptions('watch.snapshot', undefined);
    const buffer = new LiveBuffer(
      () => queryClient.getQueryData(queryKey),
      (next) => {
        if (next) queryClient.setQueryData(queryKey, next);
        else void queryClient.invalidateQueries({ queryKey });
      },
    );
    const off = [
      client.on('host.changed', (change) => buffer.push((live) => applyChange(live, change))),
      client.on('watch.woke', (woke) => {
        buffer.push((live) => applyWoke(live, woke));
        buffer.flush();
      }),
      client.on('estate.changed', (opened) => {
        queryClient.setQueryData(callOptions('estate.get', undefined).queryKey, opened);
        void queryClient.invalidateQueries({ queryKey });
        void queryClient.invalidateQueries({ queryKey: callOptions('ledger.get', undefined).queryKey });
        for (const name of ['arm.get', 'lever.get', 'run.list', 'run.get', ...OF_THE_PLAN])
          void queryClient.invalidateQueries({ queryKey: [name] });
      }),
      client.on('secret.changed', (secrets) =>
        queryClient.setQueryData(callOptions('secret.list', undefined).queryKey, secrets),
      ),
      client.on('arm.changed', (arm) =>
        queryClient.setQueryData(callOptions('arm.get', undefined).queryKey, arm),
      ),
      client.on('lever.changed', (lever) =>
        queryClient.setQueryData(callOptions('lever.get', undefined).queryKey, lever),
      ),
      client.on('run.changed', (view) => {
        queryClient.setQueryData(callOptions('run.get', { id: view.state.id }).queryKey, view);
        const { queryKey } = callOptions('run.list', undefined);
        queryClient.setQueryData(queryKey, (list) => withRun(list, view));
      }),
      // Another moment is shown: whatever was heard before is of the one before.
      client.on('moment.changed', () => void queryClient.invalidateQueries()),
      client.on(
        'recording.marked',
        () =>
          void queryClient.invalidateQueries({ queryKey: callOptions('recording.get', undefined).queryKey }),
      ),
      client.on('question.changed', (questions) =>
        queryClient.setQueryData(callOptions('question.list', undefined).queryKey, questions),
      ),
    ];
    return () => {
      buffer.stop();
      for (const stop of off) stop();
    };
  }, []);
}

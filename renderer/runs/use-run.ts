import type { RunState, RunView } from '@shared/runbook/state-model';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { callOptions, useCall } from '../api';
import { isOpen } from './marks';

/** Every run that is known, newest first. */
export function useRuns(): Omit<UseQueryResult<RunState[]>, 'data'> & { runs: RunState[] | undefined } {
  const { data, ...rest } = useCall('run.list', undefined);
  return { ...rest, runs: data?.toSorted((a, b) => b.openedAt - a.openedAt) };
}

/** One run with its plan; after a reload of the window it is asked for once, then events keep it. */
export const useRun = (id: string): UseQueryResult<RunView> => useCall('run.get', { id });

/** The run that needs eyes now: the newest that is not over. Null: none, or not known yet. */
export function useActiveRun(): RunView | null {
  const { data } = useCall('run.list', undefined);
  const open = (data ?? []).filter(isOpen).toSorted((a, b) => b.openedAt - a.openedAt)[0];
  const view = useQuery({ ...callOptions('run.get', { id: open?.id ?? '' }), enabled: open !== undefined });
  return view.data && isOpen(view.data.state) ? view.data : null;
}

import type { EnteredWindow } from '@shared/views/plan';
import { callOptions, queryClient, useAction, useCall } from '../api';

/** The window of the cutover and the plan that was approved last: what people have decided about the plan. */
export function usePlanFrame() {
  const { data: frame } = useCall('plan.frame', undefined);
  const window = useAction('plan.window');
  const approval = useAction('plan.approve');
  const keep = {
    onSuccess: (kept: NonNullable<typeof frame>) => {
      queryClient.setQueryData(callOptions('plan.frame', undefined).queryKey, kept);
    },
  };
  return {
    frame,
    /** null takes the window out again. */
    setWindow: (entered: EnteredWindow | null) => window.mutate({ window: entered }, keep),
    approve: (hash: string) => approval.mutate({ hash }, keep),
    error: window.error ?? approval.error,
  };
}

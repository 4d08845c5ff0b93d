import type { Settings } from '@shared/contract';
import { surfaceOf } from '@shared/lever/surface';
import type { App } from './core/app';
import type { LeverHands } from './lever-view';

/** Joins main's own surface to the lever of the estate that is open. What a person cannot do does nothing. */
export function leverHands(
  core: App,
  settings: () => Settings,
  chooseApproval: () => Promise<string | null>,
): LeverHands {
  const lever = () => core.acting()?.lever ?? null;
  return {
    state() {
      const state = lever()?.state();
      if (!state) return null;
      const { token, ...context } = state;
      const accounts = core.acting()?.accounts(state.lever.plan) ?? [];
      return { token, view: surfaceOf(state.lever, { ...context, settings: settings(), accounts }) };
    },
    type: (text) => lever()?.type(text),
    // What it was refused for stands on the lever; a token that is no longer one does nothing.
    pull: (token) =>
      void lever()
        ?.pull(token)
        .catch(() => undefined),
    leave: () => lever()?.close(),
    async chooseApproval() {
      const request = lever()?.state()?.lever.request;
      const file = request?.act === 'start' ? await chooseApproval() : null;
      if (request?.act === 'start' && file !== null) await core.acting()?.approve(request.plan, file);
    },
  };
}

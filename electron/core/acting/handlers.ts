import type { Contract } from '@shared/contract';
import type { Handlers, Signal } from '@shared/contract-kit';
import type { LeverPlace } from '@shared/views/lever';
import { failure } from '../net/failure';
import type { JsonStore } from '../stores/json-store';
import type { StoredSettings } from '../stores/settings-store';
import type { Acting } from './acting';

type Own =
  | 'switchover.plan'
  | 'failover.look'
  | 'failover.plan'
  | 'rejoin.look'
  | 'rejoin.plan'
  | 'runbook.readings'
  | 'runbook.save'
  | 'arm.get'
  | 'arm.set'
  | 'lever.open'
  | 'lever.place'
  | 'lever.close'
  | 'lever.get'
  | 'run.list'
  | 'run.get'
  | 'run.hold'
  | 'run.throttle';

/** Main's own surface, where there is a window: where it lies, and that something on it is different. */
export interface Surface {
  place(place: LeverPlace): void;
  tell(): void;
}

export interface ActingHandlersOptions {
  /** Of the estate that is open; null: none is. */
  acting(): Acting | null;
  /** Throws what keeps anything from being done now: E_NO_ESTATE, E_NOT_LIVE. */
  mustBeLive(): void;
  settings: JsonStore<StoredSettings>;
  chooseScript: (() => Promise<string | null>) | undefined;
  surface: Surface | undefined;
  abortSignal(signal: Signal): AbortSignal;
}

/**
 * What the contract promises of acting. The page can ask for everything here, and nothing here changes a server:
 * going on after a hold is the one thing that lets others act, and it only lets a run go on that a person began.
 * Whatever asks an acting account is refused while the console is disarmed. Holding
 * is never refused, and neither is slowing down.
 */
export function actingHandlers(options: ActingHandlersOptions): Pick<Handlers<Contract>, Own> {
  const { abortSignal, acting, surface } = options;
  const open = (): Acting => acting() ?? refuse('E_NO_ESTATE');
  const live = (): Acting => {
    options.mustBeLive();
    return open();
  };
  const armed = (): Acting => (live().arming.armed ? open() : refuse('E_DISARMED'));
  return {
    'switchover.plan': async (request, { signal }) => armed().plan(request, abortSignal(signal)),
    'failover.look': async (request, { signal }) => armed().lookFailover(request, abortSignal(signal)),
    'failover.plan': async (request, { signal }) => armed().planFailover(request, abortSignal(signal)),
    'rejoin.look': async (request, { signal }) => armed().lookRejoin(request, abortSignal(signal)),
    'rejoin.plan': async (request, { signal }) => armed().planRejoin(request, abortSignal(signal)),
    'runbook.readings': async ({ plan }, { signal }) => {
      const { runs, planOf } = armed();
      // A run that stands half-way is asked about by the plan that it was begun with, whoever made that.
      const open = (await runs.list()).find((run) => run.plan === plan && run.closedAt === null);
      const wanted = open ? (await runs.view(open.id)).plan : planOf(plan);
      return runs.readings(wanted, abortSignal(signal));
    },
    'runbook.save': async ({ plan }) => {
      open().planOf(plan);
      const file = (await options.chooseScript?.()) ?? null;
      if (file !== null) await open().save(plan, file, (await options.settings.read()).language);
      return { file };
    },
    'arm.get': () => acting()?.arming.get() ?? { armed: false, until: null },
    'arm.set': ({ armed: on }) => (on ? live() : open()).arming.set(on),
    'lever.open': ({ request, place }) => {
      const opening = armed().lever.open(request);
      surface?.place(place);
      return opening;
    },
    'lever.place': (place) => {
      acting()?.lever.placed();
      surface?.place(place);
    },
    'lever.close': () => {
      acting()?.lever.close();
      return { state: 'closed' };
    },
    'lever.get': () => acting()?.lever.view() ?? { state: 'closed' },
    'run.list': () => acting()?.runs.list() ?? [],
    'run.get': ({ id }) => open().runs.view(id),
    'run.hold': ({ id, on }) => (on ? open() : armed()).runs.hold(id, on),
    'run.throttle': async ({ id, step, level }) => {
      const { throttles } = await open().runs.view(id);
      const slower = level < (throttles[step]?.most ?? 0);
      return (slower ? open() : armed()).runs.throttle(id, step, level);
    },
  };
}

function refuse(code: 'E_NO_ESTATE' | 'E_DISARMED'): never {
  throw failure(code, null);
}

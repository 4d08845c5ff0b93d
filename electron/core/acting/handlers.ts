import type { Contract } from '@shared/contract';
import type { Handlers } from '@shared/contract-kit';
import { failure } from '../net/failure';

type Acting = Pick<
  Handlers<Contract>,
  | 'switchover.plan'
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
>;

export function actingHandlers(): Acting {
  const none = (): never => {
    throw failure('E_ABORTED', null);
  };
  return {
    'switchover.plan': none,
    'runbook.readings': none,
    'runbook.save': none,
    'arm.get': () => ({ armed: false, until: null }),
    'arm.set': () => ({ armed: false, until: null }),
    'lever.open': none,
    'lever.place': () => undefined,
    'lever.close': () => ({ state: 'closed' }),
    'lever.get': () => ({ state: 'closed' }),
    'run.list': () => [],
    'run.get': none,
    'run.hold': none,
  };
}

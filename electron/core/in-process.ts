import { type Contract, contract } from '@shared/contract';
import { type Handlers, serve, type Transport } from '@shared/contract-kit';
import { toAppError } from '@shared/errors';
import type { Emitter } from './emitter';

/** The contract without a wire: the command line and the tests pass through the same checks as the window. */
export function inProcess(handlers: Handlers<Contract>, events: Emitter): Transport {
  return {
    call: (name, input, signal) =>
      serve(contract, handlers, name, input, signal ?? new AbortController().signal, toAppError),
    on: (wanted, listener) =>
      events.listen((name, payload) => {
        if (name === wanted) listener(payload);
      }),
  };
}

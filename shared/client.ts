import type { CallName, EventName, Input, Output, Payload, Shape, Signal, Transport } from './contract-kit';
import { Failure } from './errors';

/** The contract seen from outside: every call typed by its entry, errors as `Failure`, whatever carries it. */
export interface Client<C extends Shape> {
  call<K extends CallName<C>>(name: K, input: Input<C, K>, signal?: Signal): Promise<Output<C, K>>;
  on<K extends EventName<C>>(name: K, listener: (payload: Payload<C, K>) => void): () => void;
}

/** Derives a typed client from a contract and a transport. The far side has parsed input and output. */
export function clientOf<C extends Shape>(_contract: C, transport: Transport): Client<C> {
  return {
    async call(name, input, signal) {
      const reply = await transport.call(name, input, signal);
      if (!reply.ok) throw new Failure(reply.error);
      return reply.value as Output<C, typeof name>;
    },
    on: (name, listener) => transport.on(name, listener as (payload: unknown) => void),
  };
}

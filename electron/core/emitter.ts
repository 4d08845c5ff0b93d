import type { Contract } from '@shared/contract';
import type { EventName, Payload } from '@shared/contract-kit';

type Listener = (name: EventName<Contract>, payload: unknown) => void;

/** Delivers the contract's events to whoever carries them on: IPC, or a client in the same process. */
export class Emitter {
  private readonly listeners = new Set<Listener>();

  emit<K extends EventName<Contract>>(name: K, payload: Payload<Contract, K>): void {
    for (const listener of this.listeners) listener(name, payload);
  }

  /** Returns how to stop listening. */
  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

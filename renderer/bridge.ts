import type { Reply, Transport } from '@shared/contract-kit';

/** What the preload script puts into the page: calls by id, so that one can be taken back, and events. */
export interface Bridge {
  call(name: string, input: unknown, callId: string): Promise<Reply>;
  abort(callId: string): void;
  on(name: string, listener: (payload: unknown) => void): () => void;
}

declare global {
  interface Window {
    patronus: Bridge;
  }
}

let lastCall = 0;

/** The bridge as a transport: an aborted signal takes the call back in the main process. */
export const transport: Transport = {
  async call(name, input, signal) {
    const callId = `w${++lastCall}`;
    const abort = () => window.patronus.abort(callId);
    signal?.addEventListener('abort', abort);
    try {
      return await window.patronus.call(name, input, callId);
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  },
  on: (name, listener) => window.patronus.on(name, listener),
};

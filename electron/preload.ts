import type { Reply } from '@shared/contract-kit';
import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';

/**
 * The bridge carries calls and events and knows none of them: main checks every name, input and sender
 * against the contract. So there is no list here to forget to update, and no other channel to reach.
 */
const bridge = {
  call: (name: string, input: unknown, callId: string): Promise<Reply> =>
    ipcRenderer.invoke('patronus:call', { name: String(name), input, callId: String(callId) }),
  abort: (callId: string): void => ipcRenderer.send('patronus:abort', String(callId)),
  on: (name: string, listener: (payload: unknown) => void): (() => void) => {
    const receive = (_event: IpcRendererEvent, message: { name: string; payload: unknown }) => {
      if (message.name === name) listener(message.payload);
    };
    ipcRenderer.on('patronus:event', receive);
    return () => ipcRenderer.removeListener('patronus:event', receive);
  },
};
export type Bridge = typeof bridge;

contextBridge.exposeInMainWorld('patronus', bridge);

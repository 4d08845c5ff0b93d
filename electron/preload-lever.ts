import { contextBridge, ipcRenderer } from 'electron';

/**
 * The bridge of main's own surface. The token stays on this side of it: the page can say "pull", and never what
 * with. Main checks the sender, the token and everything that the lever stands on.
 */
let token = '';

const bridge = {
  /** What stands on the surface, now and whenever it changes. */
  on: (listener: (view: unknown) => void): void => {
    ipcRenderer.on('lever:state', (_event, state: { token: string; view: unknown }) => {
      token = state.token;
      listener(state.view);
    });
    ipcRenderer.send('lever:ready');
  },
  type: (text: string): void => ipcRenderer.send('lever:type', String(text)),
  pull: (): void => ipcRenderer.send('lever:pull', token),
  leave: (): void => ipcRenderer.send('lever:leave'),
  /** Asks the person for an approval's file, in main's own dialog. */
  approval: (): void => ipcRenderer.send('lever:approval'),
};
export type LeverBridge = typeof bridge;

contextBridge.exposeInMainWorld('lever', bridge);

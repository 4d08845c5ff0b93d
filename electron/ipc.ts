import { type Contract, contract } from '@shared/contract';
import { type EventName, type Handlers, type Reply, serve } from '@shared/contract-kit';
import { toAppError } from '@shared/errors';
import {
  type BrowserWindow,
  type IpcMainEvent,
  type IpcMainInvokeEvent,
  ipcMain,
  type WebContents,
} from 'electron';
import { z } from 'zod';
import { ORIGIN } from './app-scheme';

const Message = z.strictObject({
  name: z.string().max(100),
  input: z.unknown(),
  callId: z.string().min(1).max(100),
});

type Sent = IpcMainInvokeEvent | IpcMainEvent;

const refused = (code: string, message: string): Reply => ({
  ok: false,
  error: { code, stage: 'internal', message, retryable: false },
});

/**
 * Carries the contract over IPC: one channel for calls, one for aborts. `handlers` may still be loading. Only
 * the main frame of our own page in the console's window may speak; anything else never reaches a handler.
 */
export function serveIpc(
  handlers: Promise<Handlers<Contract>>,
  isOurs: (sender: WebContents) => boolean,
): void {
  const isTrusted = ({ sender, senderFrame }: Sent): boolean =>
    isOurs(sender) &&
    senderFrame !== null &&
    senderFrame === sender.mainFrame &&
    senderFrame.url.startsWith(`${ORIGIN}/`);
  const running = new Map<string, AbortController>();
  const keyOf = (event: Sent, callId: string) => `${event.sender.id} ${callId}`;

  ipcMain.handle('patronus:call', async (event, raw): Promise<Reply> => {
    if (!isTrusted(event))
      return refused('E_UNTRUSTED_SENDER', 'The call came from a page that is not ours.');
    const message = Message.safeParse(raw);
    if (!message.success) return refused('E_BAD_INPUT', 'The call is not of the form of a call.');
    const key = keyOf(event, message.data.callId);
    if (running.has(key)) return refused('E_BAD_INPUT', 'A call with this id is already under way.');
    const controller = new AbortController();
    running.set(key, controller);
    try {
      const { name, input } = message.data;
      return await serve(contract, await handlers, name, input, controller.signal, toAppError);
    } catch (thrown) {
      return { ok: false, error: toAppError(thrown) };
    } finally {
      running.delete(key);
    }
  });

  ipcMain.on('patronus:abort', (event, callId) => {
    if (isTrusted(event) && typeof callId === 'string') running.get(keyOf(event, callId))?.abort();
  });
}

/** Sends an event to the window, if there still is one. */
export function sendEvent(window: BrowserWindow, name: EventName<Contract>, payload: unknown): void {
  if (!window.isDestroyed()) window.webContents.send('patronus:event', { name, payload });
}

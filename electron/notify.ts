import type { Settings } from '@shared/contract';
import { noticeOf } from '@shared/lever/notice';
import type { RunView } from '@shared/runbook/state-model';
import { type BrowserWindow, Notification } from 'electron';

/** The newest runs are enough: an older one that moves again is heard of first, and said from then on. */
const MOST = 50;

/**
 * Tells the desktop, in one sentence and without a sound, when a run needs a person or has ended. A click brings the
 * console to the front; there is nothing to press on it.
 */
export function createNotifier(window: () => BrowserWindow, settings: () => Promise<Settings>) {
  const known = new Map<string, RunView>();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return async (view: RunView): Promise<void> => {
    const before = known.get(view.state.id) ?? null;
    known.delete(view.state.id);
    known.set(view.state.id, view);
    for (const id of known.keys()) if (known.size > MOST) known.delete(id);
    const { language } = await settings();
    const body = noticeOf(before, view, language, zone);
    if (body === null || !Notification.isSupported()) return;
    const notification = new Notification({ title: 'Patronus Console', body, silent: true });
    notification.on('click', () => window().focus());
    notification.show();
  };
}

import type { Settings } from '@shared/contract';
import { texts } from '@shared/text';
import { app, type BrowserWindow, dialog } from 'electron';

/**
 * While this console has a run in its hands it neither quits nor closes its window, and says why. The end of the
 * session is not refused, nor could it be: then the journal and the servers know how far it came.
 */
export function refuseToQuit(
  window: BrowserWindow,
  desk: { underWay(): string[]; settings(): Promise<Settings> },
): void {
  let saying = false;
  let ending = false;
  window.on('session-end', () => {
    ending = true;
  });
  const say = async (subjects: string[]) => {
    if (saying) return;
    saying = true;
    const { title, detail, stay } = texts((await desk.settings()).language).lever.notQuit;
    await dialog.showMessageBox(window, {
      type: 'warning',
      message: title,
      detail: detail(subjects.join(', ')),
      buttons: [stay],
    });
    saying = false;
  };
  const refuse = (event: { preventDefault(): void }) => {
    const subjects = desk.underWay();
    if (ending || subjects.length === 0) return;
    event.preventDefault();
    void say(subjects);
  };
  app.on('before-quit', refuse);
  window.on('close', refuse);
}

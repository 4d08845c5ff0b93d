import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { app, type BrowserWindow, session } from 'electron';
import { registerScheme, serveRenderer } from './app-scheme';
import { readArguments } from './arguments';
import type { Desk } from './console';
import { hardenEverything, hardenSession } from './hardening';
import { sendEvent, serveIpc } from './ipc';
import { LeverView } from './lever-view';
import { printForCommandLine } from './pdf-main';
import { takeScreenshots } from './screenshots';
import { openWindow } from './window';

const asked = readArguments(process.argv.slice(1), process.cwd());
if (asked.dataDir) {
  mkdirSync(asked.dataDir, { recursive: true, mode: 0o700 });
  app.setPath('userData', path.join(asked.dataDir, 'window'));
}
registerScheme();
hardenEverything();

if (asked.print !== null) printForCommandLine(asked.print);
// A second start with the same data brings the first one's window to the front; its arguments are not taken over.
else if (app.requestSingleInstanceLock()) {
  // The core loads while Chromium starts, not after it.
  const core = import('./console');
  app
    .whenReady()
    .then(() => run(core), fail)
    .catch(fail);
  app.on('window-all-closed', () => app.quit());
} else {
  app.quit();
}

async function run(core: Promise<typeof import('./console')>): Promise<void> {
  hardenSession(session.defaultSession);
  let window: BrowserWindow | null = null;
  let lever: LeverView | null = null;
  const current = () => {
    if (!window) throw new Error('there is no window yet');
    return window;
  };
  const starting = core.then(({ startDesk }) => startDesk(asked, { window: current, lever: () => lever }));
  serveIpc(
    starting.then((desk) => desk.handlers),
    (sender) => sender === window?.webContents,
  );
  serveRenderer(path.join(import.meta.dirname, '../renderer'), async () => (await starting).settings());
  const desk = await starting;
  const opened = openWindow(await desk.settings(), asked.screenshots === null);
  window = opened;
  lever = new LeverView(opened, desk.hands, desk.settings);
  opened.once('ready-to-show', () => desk.painted());
  app.on('second-instance', () => opened.focus());
  const stopListening = desk.listen((name, payload) => sendEvent(opened, name, payload));
  desk.attend(opened);
  endWell(desk, stopListening);
  const firstLook = desk.open();
  if (asked.screenshots === null) return firstLook;
  await takeScreenshots(opened, asked.screenshots, firstLook);
  app.quit();
}

/** One more round: the last look goes to disk and connections are closed before the process ends. */
function endWell(desk: Desk, stopListening: () => void): void {
  app.once('will-quit', (event) => {
    event.preventDefault();
    stopListening();
    void desk.dispose().finally(() => app.exit(0));
  });
}

function fail(thrown: unknown): void {
  process.stderr.write(`${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`);
  app.exit(1);
}

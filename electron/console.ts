import { hostname, userInfo } from 'node:os';
import path from 'node:path';
import { type Contract, Settings } from '@shared/contract';
import type { Handlers } from '@shared/contract-kit';
import { app, type BrowserWindow, clipboard, dialog } from 'electron';
import type { Arguments } from './arguments';
import { createApp } from './core/app';
import type { Emitter } from './core/emitter';
import { nodeClock, personPaths, stderrLog } from './core/ports-node';
import { settingsStore } from './core/stores/settings-store';

/** The core, joined to what only Electron has: dialogs, the clipboard, the version of the runtime. */
export interface Desk {
  handlers: Handlers<Contract>;
  listen: Emitter['listen'];
  settings(): Promise<Settings>;
  /** Opens the estate that was asked for, else the last one; resolves when every host was asked once. */
  open(): Promise<void>;
  /** Notes how long the first frame took, for the bench. */
  painted(): void;
  dispose(): Promise<void>;
}

export function startDesk(asked: Arguments, window: () => BrowserWindow): Desk {
  const paths = personPaths(process.env);
  const dataDir = asked.dataDir ?? paths.dataDir;
  const log = stderrLog(process.env.PATRONUS_LOG === 'info' ? 'info' : 'warn');
  const settings = settingsStore(dataDir, app.getLocale());
  const core = createApp({
    ports: { clock: nodeClock, log, paths: { ...paths, dataDir } },
    info: {
      version: app.getVersion(),
      runtime: `Electron ${process.versions.electron} · Chromium ${process.versions.chrome} · Node ${process.versions.node}`,
      operator: `${userInfo().username}@${hostname()}`,
    },
    egress: asked.egress,
    bundledEstatesDir: path.join(app.getAppPath(), 'estates'),
    settings,
    chooseFile: () => chooseEstate(window()),
    writeClipboard: (text) => clipboard.writeText(text),
  });
  const sinceStart = () => Math.round(nodeClock.now() - performance.timeOrigin);
  return {
    handlers: core.handlers,
    listen: (listener) => core.events.listen(listener),
    settings: async () => Settings.strip().parse(await settings.read()),
    async open() {
      const file = asked.estate ?? (await settings.read()).lastEstate;
      if (file === null) return;
      const { firstLook } = await core.open(file);
      await firstLook;
      log.info('look.complete', { durationMs: sinceStart() });
    },
    painted: () => log.info('window.painted', { durationMs: sinceStart() }),
    dispose: () => core.dispose(),
  };
}

async function chooseEstate(window: BrowserWindow): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    properties: ['openFile'],
    filters: [{ name: 'Estate', extensions: ['yaml', 'yml'] }],
  });
  return filePaths[0] ?? null;
}

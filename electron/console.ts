import { hostname, userInfo } from 'node:os';
import path from 'node:path';
import { type Contract, Settings } from '@shared/contract';
import type { Handlers } from '@shared/contract-kit';
import type { ExportFormat } from '@shared/journal/export';
import type { PlanExportFormat } from '@shared/paper/plan/export-request';
import { RECORDING_ENDING } from '@shared/recording/frame';
import { app, type BrowserWindow, clipboard, dialog, powerMonitor } from 'electron';
import type { Arguments } from './arguments';
import { createApp } from './core/app';
import type { Emitter } from './core/emitter';
import { createJournal } from './core/journal/journal';
import { nodeClock, personPaths, stderrLog } from './core/ports-node';
import { settingsStore } from './core/stores/settings-store';
import { followRuns } from './follow-runs';
import { electronKeyring } from './keyring';
import { leverHands } from './lever-hands';
import type { LeverHands, LeverView } from './lever-view';
import { htmlToPdf } from './pdf';
import { refuseToQuit } from './refuse-to-quit';
import { watchPower } from './wake';
import { zoomOf } from './window';

/** The core, joined to what only Electron has: dialogs, the clipboard, the version of the runtime. */
export interface Desk {
  handlers: Handlers<Contract>;
  listen: Emitter['listen'];
  settings(): Promise<Settings>;
  /** Opens the estate that was asked for, else the last one; resolves when every host was asked once. */
  open(): Promise<void>;
  /** What a person does on main's own surface, and what stands on it. */
  hands: LeverHands;
  /** Joins the window to what it says and does by itself, whatever the page shows. */
  attend(window: BrowserWindow): void;
  /** Notes how long the first frame took, for the bench. */
  painted(): void;
  dispose(): Promise<void>;
}

/** What only exists when the window does. */
export interface Joined {
  window(): BrowserWindow;
  lever(): LeverView | null;
}

export function startDesk(asked: Arguments, { window, lever }: Joined): Desk {
  const paths = personPaths(process.env);
  const dataDir = asked.dataDir ?? paths.dataDir;
  const log = stderrLog(process.env.PATRONUS_LOG === 'info' ? 'info' : 'warn');
  const settings = settingsStore(dataDir, app.getLocale());
  const operator = `${userInfo().username}@${hostname()}`;
  const journal = createJournal({
    dataDir,
    clock: nodeClock,
    who: operator,
    program: 'window',
    version: app.getVersion(),
  });
  const core = createApp({
    ports: { clock: nodeClock, log, paths: { ...paths, dataDir }, journal },
    info: {
      version: app.getVersion(),
      runtime: `Electron ${process.versions.electron} · Chromium ${process.versions.chrome} · Node ${process.versions.node}`,
      operator,
    },
    egress: asked.egress,
    // Packaged, they lie beside the archive: the same folder for the command line, so the same egress policy.
    bundledEstatesDir: path.join(app.isPackaged ? process.resourcesPath : app.getAppPath(), 'estates'),
    settings,
    keyring: electronKeyring,
    chooseFile: (what) => chooseFile(window(), what),
    chooseExport: (format) => chooseExport(window(), format),
    chooseScript: () => chooseScript(window()),
    choosePaper: (format) => choosePaper(window(), format),
    printPdf: ({ html, foot }) => htmlToPdf(html, foot),
    writeClipboard: (text) => clipboard.writeText(text),
    surface: { place: (place) => lever()?.place(place), tell: () => lever()?.tell() },
  });
  powerMonitor.on('lock-screen', core.lockSecrets);
  powerMonitor.on('suspend', () => core.acting()?.standDown('slept'));
  watchPower(core.checkClock);
  const listen: Desk['listen'] = (listener) => core.events.listen(listener);
  const settingsNow = async () => Settings.strip().parse(await settings.read());
  /** As last chosen: what the surface says has to be there at once. */
  let shown: Settings = { language: 'en', theme: 'dark', projector: false };
  void settingsNow().then((read) => {
    shown = read;
  });
  let retitle = () => {};
  const sinceStart = () => Math.round(nodeClock.now() - performance.timeOrigin);
  return {
    handlers: {
      ...core.handlers,
      async 'settings.set'(chosen, ...more) {
        const kept = await core.handlers['settings.set'](chosen, ...more);
        window().webContents.setZoomFactor(zoomOf(kept));
        shown = kept;
        lever()?.zoom(zoomOf(kept));
        lever()?.tell();
        retitle();
        return kept;
      },
    },
    listen,
    settings: settingsNow,
    async open() {
      if (asked.recording !== null) return void (await core.openRecording(asked.recording));
      const file = asked.estate ?? (await settings.read()).lastEstate;
      if (file === null) return;
      const { firstLook } = await core.open(file);
      await firstLook;
      log.info('look.complete', { durationMs: sinceStart() });
    },
    hands: leverHands(
      core,
      () => shown,
      () => chooseApproval(window()),
    ),
    attend(opened) {
      retitle = followRuns(opened, { listen, settings: settingsNow });
      refuseToQuit(opened, { underWay: () => core.acting()?.underWay() ?? [], settings: settingsNow });
    },
    painted: () => log.info('window.painted', { durationMs: sinceStart() }),
    async dispose() {
      await core.dispose();
      await journal.close();
    },
  };
}

async function chooseExport(window: BrowserWindow, format: ExportFormat): Promise<string | null> {
  const { filePath } = await dialog.showSaveDialog(window, { defaultPath: `patronus-journal.${format}` });
  return filePath || null;
}

const PAPER_ENDING: Record<Exclude<PlanExportFormat, 'pack'>, string> = {
  pdf: 'pdf',
  html: 'html',
  md: 'md',
  csv: 'csv',
  'ledger-csv': 'csv',
  ics: 'ics',
};

async function choosePaper(window: BrowserWindow, format: PlanExportFormat): Promise<string | null> {
  if (format === 'pack') {
    const { filePaths } = await dialog.showOpenDialog(window, {
      properties: ['openDirectory', 'createDirectory'],
    });
    return filePaths[0] ?? null;
  }
  const name = format === 'ledger-csv' ? 'ledger' : 'plan';
  const { filePath } = await dialog.showSaveDialog(window, {
    defaultPath: `${name}.${PAPER_ENDING[format]}`,
  });
  return filePath || null;
}

async function chooseScript(window: BrowserWindow): Promise<string | null> {
  const { filePath } = await dialog.showSaveDialog(window, {
    defaultPath: 'switchover.txt',
    filters: [
      { name: 'Script', extensions: ['txt'] },
      { name: 'Plan', extensions: ['json'] },
    ],
  });
  return filePath || null;
}

async function chooseApproval(window: BrowserWindow): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog(window, { properties: ['openFile'] });
  return filePaths[0] ?? null;
}

const FILTERS = {
  estate: { name: 'Estate', extensions: ['yaml', 'yml'] },
  recording: { name: 'Recording', extensions: [RECORDING_ENDING.slice(1)] },
};

async function chooseFile(window: BrowserWindow, what: keyof typeof FILTERS): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    properties: ['openFile'],
    filters: [FILTERS[what]],
  });
  return filePaths[0] ?? null;
}

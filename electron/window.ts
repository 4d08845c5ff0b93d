import path from 'node:path';
import type { Settings } from '@shared/contract';
import { BrowserWindow } from 'electron';
import { ORIGIN } from './app-scheme';
import { PAGE } from './hardening';

/** The ground colour of each theme, so that nothing flashes before the first paint (tokens bg0 in renderer). */
const GROUND = { dark: '#131518', light: '#E4E7E9' } as const;

/** How much larger everything is for a room than for a desk. */
const PROJECTOR = 1.25;

export const zoomOf = ({ projector }: Pick<Settings, 'projector'>): number => (projector ? PROJECTOR : 1);

/** The console's window: sandboxed, isolated, without Node, and shown when its first frame is painted. */
export function openWindow(settings: Settings, visible: boolean): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 1180,
    minHeight: 720,
    useContentSize: true,
    show: false,
    title: 'Patronus Console',
    backgroundColor: GROUND[settings.theme],
    autoHideMenuBar: true,
    webPreferences: {
      ...PAGE,
      zoomFactor: zoomOf(settings),
      preload: path.join(import.meta.dirname, '../preload/preload.cjs'),
    },
  });
  window.on('page-title-updated', (event) => event.preventDefault());
  if (visible) window.once('ready-to-show', () => window.show());
  void window.loadURL(`${ORIGIN}/`);
  return window;
}

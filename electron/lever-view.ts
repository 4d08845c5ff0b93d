import path from 'node:path';
import type { Settings } from '@shared/contract';
import { placeWithin } from '@shared/lever/place';
import type { SurfaceView } from '@shared/lever/surface';
import type { LeverPlace } from '@shared/views/lever';
import { type BrowserWindow, type IpcMainEvent, ipcMain, session, WebContentsView } from 'electron';
import { LEVER_ORIGIN, serveLever } from './app-scheme';
import { hardenSession, PAGE } from './hardening';

/** What a person does on the surface, and what stands on it. */
export interface LeverHands {
  /** Null: no lever lies open, and the surface goes. */
  state(): { token: string; view: SurfaceView } | null;
  type(text: string): void;
  pull(token: string): void;
  leave(): void;
  chooseApproval(): void;
}

/**
 * Main's own surface: a view over the page, in a session, an origin and a process of its own, which the page can ask
 * for and move, and neither see nor click. It lives as long as a lever lies open.
 */
export class LeverView {
  private readonly window: BrowserWindow;
  private readonly hands: LeverHands;
  private readonly settings: () => Promise<Settings>;
  private view: WebContentsView | null = null;
  private asked: LeverPlace | null = null;

  constructor(window: BrowserWindow, hands: LeverHands, settings: () => Promise<Settings>) {
    this.window = window;
    this.hands = hands;
    this.settings = settings;
    this.listen('lever:ready', () => this.tell());
    this.listen('lever:type', (text) => typeof text === 'string' && hands.type(text.slice(0, 300)));
    this.listen('lever:pull', (token) => typeof token === 'string' && hands.pull(token));
    this.listen('lever:leave', () => hands.leave());
    this.listen('lever:approval', () => hands.chooseApproval());
    const page = window.webContents;
    window.on('resize', () => this.lay());
    // A page that is gone, or another one, has no lever lying open over it.
    page.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) hands.leave();
    });
    page.on('render-process-gone', () => hands.leave());
    page.on('before-input-event', (event, { key, type }) => {
      if (key !== 'F6' || type !== 'keyDown' || !this.view) return;
      event.preventDefault();
      this.view.webContents.focus();
    });
    window.once('closed', () => this.hide());
  }

  /** Where the page has left room for it. */
  place(asked: LeverPlace): void {
    this.asked = asked;
    this.lay();
  }

  /** Something is different: draws it anew, comes, or goes. */
  tell(): void {
    const state = this.hands.state();
    if (!state) {
      this.hide();
      return;
    }
    if (!this.view) this.show();
    this.view?.webContents.send('lever:state', state);
  }

  /** The size of everything was changed. */
  zoom(factor: number): void {
    this.view?.webContents.setZoomFactor(factor);
    this.lay();
  }

  private show(): void {
    const view = new WebContentsView({
      webPreferences: {
        ...PAGE,
        session: leverSession(this.settings),
        zoomFactor: this.window.webContents.getZoomFactor(),
        preload: path.join(import.meta.dirname, '../preload/preload-lever.cjs'),
      },
    });
    this.view = view;
    this.lay();
    this.window.contentView.addChildView(view);
    const { webContents } = view;
    webContents.on('render-process-gone', () => this.hands.leave());
    webContents.on('before-input-event', (event, { key, type }) => {
      if (key !== 'F6' || type !== 'keyDown') return;
      event.preventDefault();
      this.window.webContents.focus();
    });
    // It has the focus on arrival, on the button that leaves everything as it is.
    webContents.once('did-finish-load', () => webContents.focus());
    void webContents.loadURL(`${LEVER_ORIGIN}/`);
  }

  private hide(): void {
    const { view, window } = this;
    this.view = null;
    if (!view) return;
    if (!window.isDestroyed()) {
      window.contentView.removeChildView(view);
      window.webContents.focus();
    }
    view.webContents.close();
  }

  private lay(): void {
    if (!this.view || !this.asked || this.window.isDestroyed()) return;
    const { width, height } = this.window.getContentBounds();
    this.view.setBounds(placeWithin(this.asked, { width, height }, this.window.webContents.getZoomFactor()));
  }

  /** Only the main frame of the surface's own page is heard. */
  private listen(channel: string, act: (argument: unknown) => unknown): void {
    ipcMain.on(channel, ({ sender, senderFrame }: IpcMainEvent, argument: unknown) => {
      if (sender !== this.view?.webContents || senderFrame !== sender.mainFrame) return;
      if (senderFrame?.url === `${LEVER_ORIGIN}/`) act(argument);
    });
  }
}

let made: Electron.Session | null = null;

/** In memory, of its own: nothing of the page's storage, cache or workers reaches it. */
function leverSession(settings: () => Promise<Settings>): Electron.Session {
  if (made) return made;
  made = session.fromPartition('lever');
  hardenSession(made, LEVER_ORIGIN);
  serveLever(made, path.join(import.meta.dirname, '../renderer'), settings);
  return made;
}

import { app, type Session, type WebPreferences } from 'electron';
import { ORIGIN } from './app-scheme';

/** Of every page of ours, the window's and the surface's: no Node, nothing shared with its preload. */
export const PAGE: Readonly<WebPreferences> = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
  spellcheck: false,
  // A hidden or covered console goes on counting ages truthfully.
  backgroundThrottling: false,
};

/**
 * What no page of ours ever needs is refused for every page: permissions, navigation, new windows, webviews,
 * downloads. Whatever a server says ends up as text in a page, so a page must not be able to go anywhere.
 */
export function hardenEverything(): void {
  app.enableSandbox();
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    // about:blank announces itself only when it is there: then back to the one page there is for it.
    const home = homes.get(contents.session) ?? ORIGIN;
    contents.on('did-navigate', (_event, url) => {
      if (!url.startsWith(`${home}/`)) void contents.loadURL(`${home}/`);
    });
  });
}

/** The origin of the one page that each session is there for. */
const homes = new WeakMap<Session, string>();

/** Must be called when the app is ready, and before a page is opened in the session; `home` is the page's origin. */
export function hardenSession(session: Session, home: string = ORIGIN): void {
  homes.set(session, home);
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
}

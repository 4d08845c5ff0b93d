import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { topology } from './pages/topology';
import { type Console, expect, freshDataDir, launch, test, windowArgs, windowEnv } from './support/console';
import { env, giveToConsole } from './support/env';
import { estateCopy, folder } from './support/estate';
import { earsOf, treeOf } from './support/processes';

/** C5, C6: there is no way out of the window but main's own connections, and no way in at all. */

let console_: Console;
let file: string;
/** Where a stand-in for xdg-open writes what it was asked to open. */
let opened: string;

test.beforeAll(async () => {
  const trap = folder('trap');
  opened = join(trap, 'opened');
  writeFileSync(join(trap, 'xdg-open'), `#!/bin/sh\necho "$@" >> ${opened}\n`, { mode: 0o755 });
  giveToConsole(join(trap, 'xdg-open'));
  file = estateCopy();
  console_ = await launch({ estate: file, env: { PATH: `${trap}:${process.env.PATH}` } });
  await expect.poll(topology(console_.page).healths).toEqual({ web: 'up', db: 'up', files: 'up' });
});
test.afterAll(() => console_?.close());

const pidOf = ({ app }: Console): number => app.process().pid ?? 0;

const ELSEWHERE = [
  'javascript:void(document.title="gone")',
  'file:///etc/passwd',
  'smb://127.0.0.1/share',
  'ms-msdt:/id',
  'vscode://file/etc/passwd',
  'data:text/html,<h1>x</h1>',
  'http://127.0.0.1:9/',
  'https://127.0.0.1:9/',
  'ftp://127.0.0.1/',
  'blob:app://console/1',
  'chrome-extension://x/y.html',
  'chrome://version',
  'devtools://devtools/bundled/inspector.html',
  'view-source:app://console/',
  'mailto:a@example.invalid',
  'tel:123',
  'ssh://127.0.0.1/',
  'app://elsewhere/',
  'app://console/../../../etc/passwd',
  'search-ms:query=x',
];

test('C5: there is no way out: navigation, new windows, foreign schemes', async () => {
  const { app, page } = console_;
  await app.evaluate(({ app, shell }) => {
    const seen: string[] = [];
    Object.assign(globalThis, { seen });
    app.on('web-contents-created', () => seen.push('web contents'));
    shell.openExternal = async (url) => void seen.push(`openExternal ${url}`);
    shell.openPath = async (path) => {
      seen.push(`openPath ${path}`);
      return '';
    };
  });
  const title = await page.evaluate(() => document.title);
  for (const url of ELSEWHERE) {
    const got = await page.evaluate(async (url) => {
      const made = window.open(url);
      for (const target of ['', '_blank', '_top']) {
        const link = document.createElement('a');
        link.href = url;
        link.target = target;
        link.rel = 'opener';
        document.body.append(link);
        link.click();
        link.remove();
      }
      window.location.assign(url);
      await new Promise((resolve) => setTimeout(resolve, 30));
      return { made, title: document.title };
    }, url);
    expect(got, url).toEqual({ made: null, title });
    expect(page.url(), url).toMatch(/^app:\/\/console\/(#.*)?$/);
  }
  // The page is still the one it was, not one that was loaded anew. (Playwright waits for the navigations that were
  // refused; only a reload tells it that they are over.)
  expect(await page.evaluate(() => document.querySelectorAll('.box-node').length)).toBe(3);
  await page.reload();
  const after = await app.evaluate(({ BrowserWindow }) => ({
    seen: (globalThis as unknown as { seen: string[] }).seen,
    windows: BrowserWindow.getAllWindows().length,
  }));
  expect(after).toEqual({ seen: [], windows: 1 });
  expect(existsSync(opened), 'xdg-open was run').toBe(false);
});

test('C5: from an empty page, which Chromium shows without asking anybody, it comes back', async () => {
  const { page } = console_;
  const seen: string[] = [];
  page.on('framenavigated', (frame) => seen.push(frame.url()));
  await page.evaluate(() => setTimeout(() => window.location.assign('about:blank')));
  await expect.poll(() => seen).toEqual(['about:blank', 'app://console/']);
  await expect.poll(topology(page).healths).toEqual({ web: 'up', db: 'up', files: 'up' });
});

test('C5: no webview, no permission, no download', async () => {
  const { app, page } = console_;
  const contents = () => app.evaluate(({ webContents }) => webContents.getAllWebContents().length);
  const before = await contents();
  await app.evaluate(({ session }) => {
    const downloads: boolean[] = [];
    Object.assign(globalThis, { downloads });
    session.defaultSession.on('will-download', (event) => downloads.push(event.defaultPrevented));
  });
  const states = await page.evaluate(async () => {
    const webview = document.createElement('webview');
    webview.setAttribute('src', 'data:text/html,x');
    document.body.append(webview);
    const link = document.createElement('a');
    link.href = 'data:application/octet-stream,x';
    link.download = 'x.bin';
    document.body.append(link);
    link.click();
    const outcome = (work: () => Promise<unknown>) => work().then(String, () => 'denied');
    const names = [
      'geolocation',
      'notifications',
      'camera',
      'microphone',
      'clipboard-read',
      'midi',
      'persistent-storage',
    ];
    const asked = await Promise.all(
      names.map((name) =>
        outcome(async () => (await navigator.permissions.query({ name: name as PermissionName })).state),
      ),
    );
    const done = [
      await outcome(() => Notification.requestPermission()),
      await outcome(() => navigator.mediaDevices.getUserMedia({ audio: true })),
      await outcome(() => navigator.clipboard.readText()),
      await outcome(
        () => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
      ),
    ];
    await new Promise((resolve) => setTimeout(resolve, 300));
    webview.remove();
    link.remove();
    return [...new Set([...asked, ...done])];
  });
  expect(states).toEqual(['denied']);
  expect(await contents()).toBe(before);
  const downloads = await app.evaluate(() => (globalThis as unknown as { downloads: boolean[] }).downloads);
  expect(downloads).toEqual([true]);
});

/** Does a debugger of Playwright's answer there? Nothing else that we started may listen. */
async function isDebugger(port: number): Promise<boolean> {
  const text = await fetch(`http://127.0.0.1:${port}/json/version`)
    .then((reply) => reply.text())
    .catch(() => '');
  return /"Browser": "(node\.js|Chrome)\//.test(text);
}

test('C6: no port but the two that the test itself debugs by', async () => {
  const ears = earsOf(treeOf(pidOf(console_)));
  const ours = [];
  for (const ear of ears) if (!(await isDebugger(ear.port))) ours.push(ear);
  expect(ours).toEqual([]);
  expect(ears.length, 'the debuggers themselves are seen').toBeGreaterThan(0);
});

const program = env.electron ?? (createRequire(import.meta.url)('electron') as string);

test('C6: started as people start it, it listens on nothing; a second start changes nothing', async () => {
  const dataDir = freshDataDir();
  const start = (estate: string) =>
    spawn(program, windowArgs(dataDir, estate), { cwd: '/', env: windowEnv({ PATRONUS_LOG: 'info' }) });
  const first = start(file);
  try {
    let said = '';
    first.stderr.on('data', (text) => {
      said += text;
    });
    await expect.poll(() => said, { timeout: 20_000 }).toContain('look.complete');
    const tree = treeOf(first.pid ?? 0);
    expect(tree.length).toBeGreaterThan(2);
    expect(earsOf(tree)).toEqual([]);

    const second = start(estateCopy((document) => document.set('title', 'Another')));
    const code = await new Promise((resolve) => second.once('exit', resolve));
    expect(code).toBe(0);
    await expect.poll(() => first.exitCode).toBe(null);
    expect(said.match(/look\.complete/g)).toHaveLength(1);
  } finally {
    first.kill('SIGTERM');
    await new Promise((resolve) => first.once('exit', resolve));
  }
});

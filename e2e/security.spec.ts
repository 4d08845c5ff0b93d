import { contract } from '@shared/contract';
import { frame, PLACES } from './pages/frame';
import { topology } from './pages/topology';
import { type Bridge, callFromPage } from './support/bridge';
import { type Console, expect, launch, test } from './support/console';
import { env } from './support/env';
import { estateCopy } from './support/estate';
import { fuzz } from './support/fuzz';
import { listener } from './support/listener';
import { commandLine, statusOf, treeOf } from './support/processes';

/** C1, C2, C3: the controls of the page itself. Each test fails when its control is taken away. */

let console_: Console;

test.beforeAll(async () => {
  console_ = await launch({ estate: estateCopy() });
  await expect.poll(topology(console_.page).healths).toEqual({ web: 'up', db: 'up', files: 'up' });
});
test.afterAll(() => console_?.close());

const pidOf = ({ app }: Console): number => app.process().pid ?? 0;
const renderers = () => treeOf(pidOf(console_)).filter((pid) => commandLine(pid).includes('--type=renderer'));

test('C1: the page is isolated: no Node, no Electron, only the bridge with its three functions', async () => {
  const found = await console_.page.evaluate(() => ({
    missing: [
      'require',
      'process',
      'module',
      'Buffer',
      'global',
      'ipcRenderer',
      'electron',
      '__dirname',
    ].filter((name) => name in window),
    bridge: Object.keys((window as unknown as { patronus: object }).patronus).sort(),
    replaced: (() => {
      try {
        Object.assign(window, { patronus: { call: () => 'mine' } });
      } catch {
        return false;
      }
      return (window as unknown as { patronus: { call(): unknown } }).patronus.call() === 'mine';
    })(),
  }));
  expect(found).toEqual({ missing: [], bridge: ['abort', 'call', 'on'], replaced: false });
});

test('C1: every page is sandboxed by the kernel, and nothing runs as root', async () => {
  test.skip(env.uid === null && process.getuid?.() === 0, 'started as root without a launcher');
  expect(renderers().length).toBeGreaterThan(0);
  for (const pid of renderers()) {
    expect(statusOf(pid, 'Seccomp'), commandLine(pid)).toBe('2');
    expect(statusOf(pid, 'NoNewPrivs')).toBe('1');
  }
  for (const pid of treeOf(pidOf(console_))) {
    expect(commandLine(pid)).not.toMatch(/--no-sandbox|--disable-web-security/);
    expect(statusOf(pid, 'Uid').split('\t')).not.toContain('0');
  }
});

test('C2: the policy is the strict one, sent with the page', async () => {
  const policy = await console_.app.evaluate(async ({ session }) => {
    const reply = await session.defaultSession.fetch('app://console/');
    return reply.headers.get('content-security-policy');
  });
  expect(
    (policy ?? '')
      .replace(/'nonce-[\w-]+'/, "'nonce'")
      .split('; ')
      .sort(),
  ).toEqual(
    [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self' 'nonce'",
      "font-src 'self'",
      "img-src 'self' data:",
      "connect-src 'none'",
      "frame-src 'none'",
      'worker-src app://console/assets/plan-worker.js',
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types plan-worker',
    ].sort(),
  );
});

test('C2: neither inline script nor eval nor a string of markup runs', async () => {
  const tried = await console_.page.evaluate(async () => {
    const ran: string[] = [];
    Object.assign(window, { ran });
    const nameOf = (work: () => unknown) => {
      try {
        work();
        return 'allowed';
      } catch (thrown) {
        return thrown instanceof Error ? thrown.name : 'thrown';
      }
    };
    const inline = nameOf(() => {
      const script = document.createElement('script');
      script.append("window.ran.push('inline script')");
      document.body.append(script);
    });
    const link = document.createElement('a');
    link.setAttribute('href', "javascript:window.ran.push('javascript URL')");
    link.click();
    const div = document.createElement('div');
    const markup = nameOf(() => {
      div.innerHTML = `<img src=x onerror="window.ran.push('handler')">`;
    });
    const policy = nameOf(() =>
      (
        window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): void } }
      ).trustedTypes.createPolicy('mine', {}),
    );
    // From a timer: what a test runs itself is outside the policy.
    const evaluated = await new Promise((resolve) => {
      // biome-ignore lint/security/noGlobalEval: this is what must not work
      setTimeout(() => resolve(nameOf(() => window.eval("window.ran.push('eval')"))));
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    return { ran, inline, markup, policy, evaluated };
  });
  expect(tried).toEqual({
    ran: [],
    inline: 'TypeError',
    markup: 'TypeError',
    policy: 'TypeError',
    evaluated: 'EvalError',
  });
});

test('C2: no request leaves the page, not even to this machine', async () => {
  const ear = await listener((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'));
  await fetch(`http://127.0.0.1:${ear.port}/`); // it does count
  expect(ear.hits()).toBe(1);
  const outcomes = await console_.page.evaluate(async (port) => {
    const url = `http://127.0.0.1:${port}/`;
    const settled = (work: () => unknown) =>
      new Promise((resolve) => {
        setTimeout(async () => {
          try {
            await work();
            resolve('sent');
          } catch {
            resolve('refused');
          }
        });
      });
    const add = (tag: string, attributes: Record<string, string>) => {
      const element = document.createElement(tag);
      for (const [name, value] of Object.entries(attributes))
        try {
          element.setAttribute(name, value);
        } catch {
          // trusted types refused the attribute itself
        }
      document.body.append(element);
      setTimeout(() => element.remove(), 400);
      return element;
    };
    const fetched = await settled(() => fetch(url));
    await settled(() => new EventSource(url));
    await settled(() => new WebSocket(url.replace('http', 'ws')));
    await settled(() => navigator.sendBeacon(url, 'x'));
    await settled(() => new Worker(url));
    await settled(() => import(/* @vite-ignore */ `${url}x.js`));
    add('img', { src: url });
    add('iframe', { src: url });
    add('script', { src: url });
    add('object', { data: url });
    add('video', { src: url });
    for (const rel of ['stylesheet', 'prefetch', 'preconnect', 'modulepreload', 'icon'])
      add('link', { rel, href: url });
    const form = add('form', { action: url, method: 'post' });
    await settled(() => (form as HTMLFormElement).submit());
    await new Promise((resolve) => setTimeout(resolve, 500));
    return fetched;
  }, ear.port);
  expect(outcomes).toBe('refused');
  expect(ear.hits()).toBe(1);
  await ear.close();
});

test('C3: only the main frame of our own window is heard', async () => {
  const heard = await console_.app.evaluate(async ({ app, BrowserWindow }) => {
    const ask = `window.patronus ? window.patronus.call('app.info', undefined, 'x').then((r) => r.ok ? 'heard' : r.error.code) : 'no bridge'`;
    const preload = `${app.getAppPath()}/out/preload/preload.cjs`;
    const window = new BrowserWindow({
      show: false,
      webPreferences: { preload, sandbox: true, contextIsolation: true, nodeIntegrationInSubFrames: true },
    });
    // It may show what the console itself would never load.
    for (const event of ['will-frame-navigate', 'did-navigate']) window.webContents.removeAllListeners(event);
    const page = await (await window.webContents.session.fetch('app://console/')).text();
    const script = /src="\.?(\/assets\/[^"]+\.js)"/.exec(page)?.[1] ?? '';
    const frame = `<iframe src="app://console${script}"></iframe>`;
    const answers: Record<string, unknown> = {};
    for (const url of [`data:text/html,${encodeURIComponent(frame)}`, 'app://console/']) {
      await window.loadURL(url);
      await new Promise((resolve) => setTimeout(resolve, 300));
      const { mainFrame } = window.webContents;
      for (const each of mainFrame.framesInSubtree)
        answers[`${each === mainFrame ? 'main frame' : 'iframe'} ${new URL(each.url).protocol}`] =
          await each.executeJavaScript(ask);
    }
    window.destroy();
    return answers;
  });
  expect(heard).toEqual({
    'main frame data:': 'E_UNTRUSTED_SENDER',
    'iframe app:': 'E_UNTRUSTED_SENDER',
    'main frame app:': 'E_UNTRUSTED_SENDER',
  });
  expect(await callFromPage(console_.page, 'app.info')).toMatchObject({ ok: true });
});

test('C3: a thousand payloads for each call: typed answers, and a console that lives', async () => {
  const { app, page } = console_;
  // A payload that happens to be right must not open a dialog that nobody closes.
  await app.evaluate(({ dialog }) => {
    dialog.showOpenDialog = async () => ({ canceled: true, filePaths: [] });
  });
  const names = Object.entries(contract).flatMap(([name, { kind }]) => (kind === 'event' ? [] : [name]));
  for (const [seed, name] of names.entries()) {
    // An empty object is a right input of this one: a thousand real looks would be no fuzzing.
    const within = name === 'watch.look' ? 'host' : null;
    const { calls, codes, untyped } = await page.evaluate(fuzz, { name, seed, within, count: 1_000 });
    expect({ name, calls, untyped }).toEqual({ name, calls: 1_000, untyped: [] });
    expect(Object.keys(codes), name).not.toContain('E_INTERNAL');
    expect(Object.keys(codes), name).not.toContain('E_BAD_OUTPUT');
    expect(codes.E_BAD_INPUT ?? 0, name).toBeGreaterThan(500);
  }
  for (const name of [
    '',
    'toString',
    '__proto__',
    'constructor',
    'host.changed',
    'ssh.exec',
    'x'.repeat(100),
  ])
    expect(await callFromPage(page, name), name).toMatchObject({
      ok: false,
      error: { code: 'E_NO_SUCH_CALL' },
    });
  const twice = await page.evaluate(async () => {
    const { patronus } = window as unknown as { patronus: Bridge };
    const both = await Promise.all([
      patronus.call('watch.look', {}, 'same'),
      patronus.call('watch.look', {}, 'same'),
    ]);
    return both.map((reply) => (reply.ok ? 'ok' : reply.error.code));
  });
  expect(twice).toEqual(['ok', 'E_BAD_INPUT']);
  expect(await callFromPage(page, 'app.info')).toMatchObject({ ok: true });
  await expect.poll(topology(page).healths).toEqual({ web: 'up', db: 'up', files: 'up' });
});

test('C2: in ordinary use the console never breaks its own policy', async () => {
  const { page, trouble } = console_;
  const before = trouble.refusals.length;
  await page.reload();
  await expect.poll(topology(page).healths).toEqual({ web: 'up', db: 'up', files: 'up' });
  for (const place of PLACES) await frame(page).go(place);
  await frame(page).go('topology');
  for (const key of ['Control+K', 'Escape', '?', 'Escape', 'T', 'T', 'E', 'E'])
    await page.keyboard.press(key);
  await expect(topology(page).graph).toBeVisible();
  expect(trouble.refusals.slice(before)).toEqual([]);
  expect(trouble.dialogs).toEqual([]);
  // A refusal is reported: none reported means none.
  await page.evaluate(() => setTimeout(() => fetch('https://127.0.0.1:9/').catch(() => {})));
  await expect.poll(() => trouble.refusals.length).toBeGreaterThan(before);
});

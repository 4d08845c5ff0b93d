import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { freshDataDir, windowEnv } from './console';
import { env, ROOT } from './env';
import { folder } from './estate';
import { mustRun } from './run';

export interface Packages {
  /** A folder that everybody may read; the test removes it. */
  folder: string;
  deb: string;
  tar: string;
}

/** What `npm run package` makes of the checkout as it is, compressed less. */
export async function makePackages(): Promise<Packages> {
  const folder = mkdtempSync(join(tmpdir(), 'patronus-packages-'));
  chmodSync(folder, 0o755);
  const made = [process.execPath, join(ROOT, 'scripts/package.mjs'), '--fast', '--out', folder];
  await mustRun(made, { timeoutMs: 120_000 });
  const one = (ending: string): string => {
    const [found, ...more] = readdirSync(folder).filter((name) => name.endsWith(ending));
    if (found === undefined || more.length > 0) throw new Error(`not one ${ending} in ${folder}`);
    return join(folder, found);
  };
  return { folder, deb: one('.deb'), tar: one('.tar.gz') };
}

/** argv as the unprivileged user of the window, in a home of its own. */
export function asConsoleUser(argv: readonly string[]): string[] {
  const home = ['env', `HOME=${folder('home')}`];
  const who = ['setpriv', '--reuid', `${env.uid}`, '--regid', `${env.gid}`, '--init-groups'];
  return [...(env.uid === null ? [] : who), ...home, ...argv];
}

/** A packaged window, driven through Chromium's own port: Playwright's other way needs what the fuses forbid. */
export interface PackagedConsole {
  page: Page;
  pid: number;
  said(): string;
  close(): Promise<void>;
}

export async function startPackaged(
  program: string,
  options: { args?: string[]; env?: NodeJS.ProcessEnv } = {},
): Promise<PackagedConsole> {
  const argv = [
    program,
    '--remote-debugging-port=0',
    `--data-dir=${freshDataDir()}`,
    ...(options.args ?? []),
  ];
  const [first = '', ...rest] = asConsoleUser(argv);
  const child = spawn(first, rest, {
    cwd: '/',
    env: windowEnv(options.env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const heard = { text: '' };
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      heard.text += text;
    });
  let browser: Browser | null = null;
  const close = async () => {
    await browser?.close();
    await end(child);
  };
  try {
    const address = await until(() => /DevTools listening on (\S+)/.exec(heard.text)?.[1], child);
    const connected = await chromium.connectOverCDP(address);
    browser = connected;
    const page = await until(() => connected.contexts()[0]?.pages()[0], child);
    await page.locator('main').waitFor();
    return { page, pid: child.pid ?? 0, said: () => heard.text, close };
  } catch (thrown) {
    await close();
    throw new Error(`${program} did not open its window: ${thrown}\n${heard.text}`);
  }
}

async function until<T>(look: () => T | undefined, child: ChildProcess): Promise<T> {
  for (let waited = 0; waited < 20_000 && child.exitCode === null; waited += 50) {
    const found = look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`it ended (${child.exitCode}), or said nothing for 20 s`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await gone;
  clearTimeout(timer);
}

import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Lab } from '../lab/api';
import { windowDriver, windowScripts } from './programs';

/** Milliseconds from just before the process is started. */
export type Marks = Record<Mark, number>;
/** Log lines of a start that say how far it has come. */
const MARKS = ['window.painted', 'look.complete'] as const;
type Mark = (typeof MARKS)[number];
const GIVE_UP_MS = 60_000;
/** Of the Patronus lab: web, database, files. */
const SERVICES = 3;

/** Everything needed to start the window on a lab again and again, each time as if it were the first. */
export interface WindowStarter {
  /** As a person starts it: what its own log says. */
  plain(): Promise<Marks>;
  /** Driven by Playwright: until every service of the lab stands on the screen with its state and version. */
  driven(): Promise<number>;
  close(): Promise<void>;
}

export async function windowStarter(lab: Lab): Promise<WindowStarter> {
  const { processes, users, window, display, runtime } = await windowScripts();
  const { playwright, launcher } = await windowDriver();
  const user = process.getuid?.() === 0 ? users.windowUser() : undefined;
  await window.mustHaveSandbox(user);
  const electron = await runtime.ensureElectronRuntime();
  const { binary } = window.runtimeFor(electron, user);
  const app = window.appFor(user);
  const screen = await display.virtualDisplay(user);
  const driver = await launcher.appLauncher(electron, user);
  const env: NodeJS.ProcessEnv = {
    ...(user ? users.envOf(user) : process.env),
    ...screen.env,
    PATRONUS_EGRESS: 'loopback',
    PATRONUS_LOG: 'info',
  };

  /** A folder of its own for each start, gone afterwards. */
  async function fresh<T>(start: (args: string[]) => Promise<T>): Promise<T> {
    const home = await mkdtemp(path.join(tmpdir(), 'patronus-bench-'));
    try {
      if (user) await chown(home, user.uid, user.gid);
      return await start(['--estate', lab.estateFile, '--data-dir', path.join(home, 'data')]);
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  }

  return {
    plain: () =>
      fresh(async (args) => {
        const started = Date.now();
        const argv = users.asUser(user, [binary, app, ...args]);
        const child = processes.start(argv, { cwd: '/', env, stdio: ['ignore', 'ignore', 'pipe'] });
        try {
          return await marksOf(child, started);
        } finally {
          await processes.stop(child);
        }
      }),
    driven: () =>
      fresh(async (args) => {
        const plain = Object.entries(env).flatMap(([name, value]) => (value ? [[name, value]] : []));
        const started = Date.now();
        const driven = await playwright._electron.launch({
          executablePath: driver.PATRONUS_E2E_ELECTRON ?? binary,
          args: [driver.PATRONUS_E2E_APP ?? app, ...args],
          cwd: '/',
          env: Object.fromEntries(plain),
          chromiumSandbox: true,
        });
        try {
          const page = await driven.firstWindow();
          const known = page.locator('.card[data-health="up"] .card-product', { hasText: /\d/ });
          await known.nth(SERVICES - 1).waitFor({ timeout: GIVE_UP_MS });
          return Date.now() - started;
        } finally {
          await driven.close();
        }
      }),
    close: () => screen.close(),
  };
}

type Child = ReturnType<Awaited<ReturnType<typeof windowScripts>>['processes']['start']>;

/** Rejects when the window ends or a minute passes before the last mark. */
function marksOf(child: Child, started: number): Promise<Marks> {
  return new Promise((resolve, reject) => {
    const seen = new Map<Mark, number>();
    let said = '';
    let rest = '';
    const timer = setTimeout(
      () => reject(new Error(`the window took more than a minute\n${said}`)),
      GIVE_UP_MS,
    );
    child.once('close', (code) => {
      clearTimeout(timer);
      reject(new Error(`the window ended with ${code}\n${said}`));
    });
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      said = (said + chunk).slice(-4_000);
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const mark = MARKS.find((one) => line.includes(`"event":"${one}"`));
        const time = /"time":"([^"]+)"/.exec(line)?.[1];
        if (mark && time) seen.set(mark, Date.parse(time) - started);
      }
      const [painted, complete] = MARKS.map((mark) => seen.get(mark));
      if (painted === undefined || complete === undefined) return;
      clearTimeout(timer);
      resolve({ 'window.painted': painted, 'look.complete': complete });
    });
  });
}

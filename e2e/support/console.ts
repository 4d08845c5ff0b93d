import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { test as base, type ElectronApplication, _electron as electron, type Page } from '@playwright/test';
import type { Settings } from '@shared/contract';
import { env } from './env';
import { folder, outputFile, privateFile } from './estate';

/** One console: the real Electron with the built app, and everything it said and did that it should not. */
export interface Console {
  app: ElectronApplication;
  page: Page;
  dataDir: string;
  /** stdout and stderr so far. */
  said(): string;
  /** What the content security policy refused, exceptions of the page, dialogs, requests that left the app. */
  trouble: Trouble;
  close(): Promise<void>;
}
export interface Trouble {
  refusals: string[];
  errors: string[];
  dialogs: string[];
  requests: string[];
}

export interface LaunchOptions {
  estate?: string;
  /** Continue with what an earlier console left. */
  dataDir?: string;
  settings?: Partial<Settings>;
  env?: NodeJS.ProcessEnv;
  /** Switches of Chromium. */
  switches?: string[];
}

const open = new Set<Console>();

/** The environment of the window: nothing of the tests' own but what a person's session would have, too. */
export const windowEnv = (more: NodeJS.ProcessEnv = {}): Record<string, string> => {
  const { PATH, HOME, DISPLAY, XAUTHORITY, ELECTRON_OVERRIDE_DIST_PATH } = process.env;
  const own = { PATH, HOME, DISPLAY, XAUTHORITY, ELECTRON_OVERRIDE_DIST_PATH };
  const all = { ...own, LANG: 'C.UTF-8', TZ: 'Europe/Paris', PATRONUS_EGRESS: 'loopback', ...more };
  return Object.fromEntries(Object.entries(all).flatMap(([name, value]) => (value ? [[name, value]] : [])));
};

export const windowArgs = (dataDir: string, estate?: string): string[] => [
  env.app(),
  `--data-dir=${dataDir}`,
  ...(estate === undefined ? [] : [`--estate=${estate}`]),
];

export function freshDataDir({ language = 'en', theme = 'dark' }: Partial<Settings> = {}): string {
  const dataDir = folder('data');
  privateFile(join(dataDir, 'settings.json'), JSON.stringify({ language, theme, lastEstate: null }));
  return dataDir;
}

/** Starts the console with a data folder of its own. */
export async function launch(options: LaunchOptions = {}): Promise<Console> {
  const dataDir = options.dataDir ?? freshDataDir(options.settings);
  const app = await electron.launch({
    ...(env.electron === undefined ? {} : { executablePath: env.electron }),
    cwd: '/',
    args: [...windowArgs(dataDir, options.estate), ...(options.switches ?? [])],
    env: windowEnv(options.env),
    chromiumSandbox: env.uid !== null || process.getuid?.() !== 0,
  });
  let output = '';
  const log = outputFile();
  for (const stream of [app.process().stdout, app.process().stderr])
    stream?.setEncoding('utf8').on('data', (text) => {
      output += text;
      appendFileSync(log, text);
    });
  const page = await app.firstWindow();
  const trouble = watch(page);
  await page.locator('main').waitFor(); // keys do something from here on
  const made: Console = {
    app,
    page,
    dataDir,
    trouble,
    said: () => output,
    close: async () => {
      open.delete(made);
      await app.close();
    },
  };
  open.add(made);
  return made;
}

function watch(page: Page): Trouble {
  const trouble: Trouble = { refusals: [], errors: [], dialogs: [], requests: [] };
  page.on('console', (message) => {
    const text = message.text();
    if (/Content Security Policy|Refused to|requires? 'Trusted|requires 'TrustedHTML'/.test(text))
      trouble.refusals.push(text);
    else if (message.type() === 'error') trouble.errors.push(text);
  });
  page.on('pageerror', (error) => trouble.errors.push(String(error)));
  page.on('crash', () => trouble.errors.push('the page crashed'));
  page.on('dialog', (dialog) => {
    trouble.dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!/^(app:\/\/console\/|data:)/.test(request.url())) trouble.requests.push(request.url());
  });
  return trouble;
}

/** `test` that keeps a picture of every open console when it fails. */
export const test = base.extend<{ pictureOfFailure: undefined }>({
  pictureOfFailure: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from the pattern
    async ({}, use, info) => {
      await use(undefined);
      if (info.status === info.expectedStatus) return;
      for (const [index, { page }] of [...open].entries()) {
        const body = await page.screenshot().catch(() => null);
        if (body) await info.attach(`console-${index + 1}.png`, { body, contentType: 'image/png' });
      }
    },
    { auto: true },
  ],
});
export { expect } from '@playwright/test';

import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { manyHosts } from '@shared/topology/many.test-kit';
import type { Page } from 'playwright';
import { stringify } from 'yaml';
import { burst, openAll, panEmpty, panGraph } from './graph-page';
import { windowDriver, windowScripts } from './programs';
import type { Figure, Section } from './report';
import { summarise, times } from './stats';

const HOSTS = 500;
const LINKS = 800;
const PAN_MS = 5_000;
const GIVE_UP_MS = 60_000;

const METHOD = `Method: the built app in the sandbox as an ordinary user on a virtual display (Xvfb), so every pixel is drawn by the
processor, on which everything else of this measurement runs, too. A generated estate of ${HOSTS} servers and ${LINKS} links on four sites,
opened with the egress policy "offline": no host can be asked, but each is tried, refused and shown. Time 0 is just before the
process is started; "first picture" is the moment at which Playwright, whose own start is in it, sees every tile. Frames are the distances
between two calls of requestAnimationFrame while wheel events move the picture for ${PAN_MS / 1000} s; "late frames" took more than one and a half
times 16.7 ms. The peer is an empty element of the same size, moved in the same page, in turn with the graph: what this machine
draws at best. "With live changes": at the same time ten hosts a second are looked at and their change comes to the window. "Live
change to the next frame": from the event's arrival in the page to the first frame after it.`;

/** The graph of a wide estate: how soon it stands, how smoothly it moves, and what a change costs it. */
export async function measureGraph(runs: number): Promise<Section> {
  const started = Date.now();
  const window = await openWindow();
  try {
    const { page } = window;
    await page.getByTestId('group-site-4/files').waitFor({ timeout: GIVE_UP_MS });
    const firstPicture = Date.now() - started;
    await page.waitForTimeout(5_000); // the first looks are over
    await page.evaluate(panGraph, { ms: 1_000, looks: null }); // the first move makes the layer
    const rounds = await times(runs, async () => ({
      empty: await page.evaluate(panEmpty, PAN_MS),
      tiles: await page.evaluate(panGraph, { ms: PAN_MS, looks: null }),
      live: await page.evaluate(panGraph, { ms: PAN_MS, looks: HOSTS }),
    }));
    const changes = await page.evaluate(burst, HOSTS);
    await page.evaluate(openAll);
    await page
      .locator('.box-row')
      .nth(HOSTS - 1)
      .waitFor({ timeout: GIVE_UP_MS });
    await page.waitForTimeout(2_000);
    const rows = await times(runs, () => page.evaluate(panGraph, { ms: PAN_MS, looks: null }));
    return {
      title: `The graph of ${HOSTS} servers and ${LINKS} links`,
      method: METHOD,
      missing: [],
      figures: [
        { name: 'start to first picture', unit: 's', summary: summarise([firstPicture / 1000]) },
        ...framesOf(
          'empty page',
          rounds.map((round) => round.empty),
        ),
        ...framesOf(
          'tiles',
          rounds.map((round) => round.tiles),
        ),
        ...framesOf(
          'tiles, with live changes',
          rounds.map((round) => round.live),
        ),
        ...framesOf(`all ${HOSTS} servers open as rows`, rows),
        { name: 'live change to the next frame', unit: 'ms', summary: summarise(changes) },
      ],
    };
  } finally {
    await window.close();
  }
}

const SECOND = 1000;
/** A frame at 60 a second, and what counts as one that came too late. */
const FRAME_MS = SECOND / 60;
const LATE_MS = 1.5 * FRAME_MS;

/** Figures of several rounds of frames, each round summed up by itself. */
function framesOf(name: string, rounds: readonly (readonly number[])[]): Figure[] {
  const of = (measure: (frames: readonly number[]) => number) => summarise(rounds.map(measure));
  const total = (frames: readonly number[]) => frames.reduce((sum, frame) => sum + frame, 0);
  const p95 = (frames: readonly number[]) =>
    [...frames].sort((a, b) => a - b)[Math.floor(frames.length * 0.95)] ?? 0;
  const late = (frames: readonly number[]) =>
    (100 * frames.filter((frame) => frame > LATE_MS).length) / frames.length;
  return [
    {
      name: `${name}: frames a second`,
      unit: '1/s',
      summary: of((frames) => (SECOND * frames.length) / total(frames)),
      goal: '60',
    },
    { name: `${name}: 95 % of frames within`, unit: 'ms', summary: of(p95), goal: FRAME_MS.toFixed(1) },
    { name: `${name}: late frames`, unit: '%', summary: of(late) },
  ];
}

/** The real window on the generated estate, driven by Playwright. */
async function openWindow(): Promise<{ page: Page; close: () => Promise<void> }> {
  const { users, window, display, runtime } = await windowScripts();
  const { playwright, launcher } = await windowDriver();
  const user = process.getuid?.() === 0 ? users.windowUser() : undefined;
  await window.mustHaveSandbox(user);
  const electron = await runtime.ensureElectronRuntime();
  const { binary } = window.runtimeFor(electron, user);
  const app = window.appFor(user);
  const driver = await launcher.appLauncher(electron, user);
  const screen = await display.virtualDisplay(user);
  const home = await mkdtemp(path.join(tmpdir(), 'patronus-bench-'));
  const file = path.join(home, 'many.yaml');
  await writeFile(file, stringify(manyHosts({ hosts: HOSTS, links: LINKS })));
  if (user) for (const one of [home, file]) await chown(one, user.uid, user.gid);
  const env = { ...(user ? users.envOf(user) : process.env), ...screen.env, PATRONUS_EGRESS: 'offline' };
  const driven = await playwright._electron.launch({
    executablePath: driver.PATRONUS_E2E_ELECTRON ?? binary,
    args: [driver.PATRONUS_E2E_APP ?? app, '--estate', file, '--data-dir', path.join(home, 'data')],
    cwd: '/',
    env: Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value ? [[name, value]] : []))),
    chromiumSandbox: true,
  });
  return {
    page: await driven.firstWindow(),
    close: async () => {
      await driven.close();
      await screen.close();
      await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}

import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Lab } from '../lab/api';
import { windowScripts } from './programs';
import type { Section } from './report';
import { summarise, times } from './stats';

const METHOD = `Method: the built app from the checkout, in the sandbox, as an ordinary user, on a virtual display (Xvfb, software
rendering), with a data directory of its own each time and the estate file of the running lab. Time 0 is just before
the process is started; the ends are the times of the console's own log lines window.painted (the first frame is
ready to be shown) and look.complete (every host has answered every probe once). The drawing of that last answer,
one frame, comes on top. One start to warm up the disk cache, then the counted ones, one after the other.`;

/** Log lines of one start that say how far it has come. */
const MARKS = ['window.painted', 'look.complete'] as const;
type Mark = (typeof MARKS)[number];
const GIVE_UP_MS = 60_000;

/** From the start of the process to the first frame, and to the whole picture, in seconds. */
export async function measureLaunch(lab: Lab, runs: number): Promise<Section> {
  const { processes, users, window, display, runtime } = await windowScripts();
  const user = process.getuid?.() === 0 ? users.windowUser() : undefined;
  await window.mustHaveSandbox(user);
  const { binary } = window.runtimeFor(await runtime.ensureElectronRuntime(), user);
  const app = window.appFor(user);
  const screen = await display.virtualDisplay(user);

  const once = async (): Promise<Record<Mark, number>> => {
    const home = await mkdtemp(path.join(tmpdir(), 'patronus-bench-'));
    if (user) await chown(home, user.uid, user.gid);
    const env = {
      ...(user ? users.envOf(user) : process.env),
      ...screen.env,
      PATRONUS_EGRESS: 'loopback',
      PATRONUS_LOG: 'info',
    };
    const argv = [binary, app, '--estate', lab.estateFile, '--data-dir', path.join(home, 'data')];
    const started = Date.now();
    const child = processes.start(users.asUser(user, argv), {
      cwd: '/',
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    try {
      return await marksOf(child, started);
    } finally {
      await processes.stop(child);
      await rm(home, { recursive: true, force: true });
    }
  };

  try {
    await once();
    const starts = await times(runs, once);
    const of = (mark: Mark) => summarise(starts.map((one) => one[mark] / 1000));
    return {
      title: 'Launch of the window',
      method: METHOD,
      missing: [],
      figures: [
        { name: 'launch to painted', unit: 's', summary: of('window.painted'), goal: '1.0' },
        { name: 'launch to complete picture', unit: 's', summary: of('look.complete'), goal: '2.0' },
      ],
    };
  } finally {
    await screen.close();
  }
}

type Child = ReturnType<Awaited<ReturnType<typeof windowScripts>>['processes']['start']>;

/** Milliseconds from `started` to each mark. Rejects when the window ends or a minute passes before the last. */
function marksOf(child: Child, started: number): Promise<Record<Mark, number>> {
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

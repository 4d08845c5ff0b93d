import { setTimeout as sleep } from 'node:timers/promises';
import { openConsole, type TestConsole } from '../electron/core/testing/console';
import type { Lab } from '../lab/api';
import type { Figure, Section } from './report';
import { summarise, times } from './stats';

const METHOD = `Method: the core, watching the lab at its ordinary period. Time 0 is just before the fault is made, at a random
moment of the period; the end is the first picture (topology) that shows it as what it is: the service down or
frozen, the host out of sight. Between two faults it is undone and the picture must be whole again.`;

interface Fault {
  words: readonly string[];
  undo: readonly string[];
  node: string;
  health: string;
}
const FAULTS: readonly Fault[] = [
  { words: ['kill', 'web', 'apache'], undo: ['start', 'web', 'apache'], node: 'web', health: 'down' },
  { words: ['kill', 'db', 'mysql'], undo: ['start', 'db', 'mysql'], node: 'db', health: 'down' },
  { words: ['kill', 'files', 'samba'], undo: ['start', 'files', 'samba'], node: 'files', health: 'down' },
  { words: ['freeze', 'db', 'mysql'], undo: ['resume', 'db', 'mysql'], node: 'db', health: 'degraded' },
  { words: ['cut-console', 'db'], undo: ['heal', 'db'], node: 'db', health: 'unknown' },
  { words: ['cut-console', 'db', '--hang'], undo: ['heal', 'db'], node: 'db', health: 'unknown' },
];
const GIVE_UP_MS = 120_000;
const PERIOD_MS = 4_000;

/** Seconds until each fault is shown as what it is. */
export async function measureFaults(lab: Lab, repetitions: number): Promise<Section> {
  const desk = await openConsole(lab.estateFile);
  const figures: Figure[] = [];
  try {
    for (const fault of FAULTS) {
      const seconds = await times(repetitions, () => once(lab, desk, fault));
      figures.push({ name: fault.words.join(' '), unit: 's', summary: summarise(seconds), goal: '5' });
    }
  } finally {
    await desk.close();
  }
  return { title: 'Until a fault is shown', method: METHOD, figures, missing: [] };
}

async function once(lab: Lab, desk: TestConsole, fault: Fault): Promise<number> {
  await desk.look();
  await shows(desk, fault.node, 'up');
  await sleep(Math.random() * PERIOD_MS);
  const before = performance.now();
  await lab.fault(...fault.words);
  await shows(desk, fault.node, fault.health);
  const taken = (performance.now() - before) / 1000;
  await lab.fault(...fault.undo);
  await shows(desk, fault.node, 'up');
  return taken;
}

/** Waits for the picture, asked each time a host's reading changed and every 50 ms for what time alone changes. */
async function shows(desk: TestConsole, node: string, health: string): Promise<void> {
  const until = performance.now() + GIVE_UP_MS;
  while (performance.now() < until) {
    const { nodes } = await desk.topology();
    if (nodes.find(({ id }) => id === node)?.health === health) return;
    await sleep(50);
  }
  throw new Error(`${node} was not shown as ${health} within ${GIVE_UP_MS / 1000} s`);
}

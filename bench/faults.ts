import { setTimeout as sleep } from 'node:timers/promises';
import { openConsole, type TestConsole } from '../electron/core/testing/console';
import type { Lab } from '../lab/api';
import type { Figure, Section } from './report';
import { summarise, times } from './stats';

const METHOD = `Method: the core, watching the lab at its ordinary period. Time 0 is just before the fault is made, at a random
moment of the period; the end is the first picture (topology) that shows it as what it is: the service down or
frozen, the host out of sight, the host key changed. A living SSH connection is not asked for its key again, so for the
host key the connections end too, as they do when a machine is installed anew. Between two faults it is undone and the
picture must be whole again.`;

interface Fault {
  name: string;
  /** In the words of the lab, one after the other. */
  make: readonly (readonly string[])[];
  undo: readonly string[];
  node: string;
  health: string;
  error?: string;
}
const FAULTS: readonly Fault[] = [
  {
    name: 'kill web apache',
    make: [['kill', 'web', 'apache']],
    undo: ['start', 'web', 'apache'],
    node: 'web',
    health: 'down',
  },
  {
    name: 'kill db mysql',
    make: [['kill', 'db', 'mysql']],
    undo: ['start', 'db', 'mysql'],
    node: 'db',
    health: 'down',
  },
  {
    name: 'kill files samba',
    make: [['kill', 'files', 'samba']],
    undo: ['start', 'files', 'samba'],
    node: 'files',
    health: 'down',
  },
  {
    name: 'freeze db mysql',
    make: [['freeze', 'db', 'mysql']],
    undo: ['resume', 'db', 'mysql'],
    node: 'db',
    health: 'degraded',
  },
  {
    name: 'cut-console db',
    make: [['cut-console', 'db']],
    undo: ['heal', 'db'],
    node: 'db',
    health: 'unknown',
  },
  {
    name: 'cut-console db --hang',
    make: [['cut-console', 'db', '--hang']],
    undo: ['heal', 'db'],
    node: 'db',
    health: 'unknown',
  },
  {
    name: 'host-key db, when its connections end',
    make: [
      ['host-key', 'db'],
      ['cut-console', 'db'],
      ['heal', 'db'],
    ],
    undo: ['host-key', 'db', '--restore'],
    node: 'db',
    health: 'unknown',
    error: 'E_HOSTKEY_CHANGED',
  },
];
const GIVE_UP_MS = 120_000;
const PERIOD_MS = 4_000;
/** The gates take a moment to act on what they are told. */
const BETWEEN_MS = 300;

/** Seconds until each fault is shown as what it is. */
export async function measureFaults(lab: Lab, repetitions: number): Promise<Section> {
  const desk = await openConsole(lab.estateFile);
  const figures: Figure[] = [];
  try {
    for (const fault of FAULTS) {
      const seconds = await times(repetitions, () => once(lab, desk, fault));
      figures.push({ name: fault.name, unit: 's', summary: summarise(seconds), goal: '5' });
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
  for (const [index, words] of fault.make.entries()) {
    if (index > 0) await sleep(BETWEEN_MS);
    await lab.fault(...words);
  }
  await shows(desk, fault.node, fault.health, fault.error);
  const taken = (performance.now() - before) / 1000;
  await lab.fault(...fault.undo);
  if (fault.error) await desk.look(); // what a host key stopped goes on only when a person asks
  await shows(desk, fault.node, 'up');
  return taken;
}

/** Waits for the picture, asked every 50 ms. */
async function shows(desk: TestConsole, node: string, health: string, error?: string): Promise<void> {
  const until = performance.now() + GIVE_UP_MS;
  while (performance.now() < until) {
    const { nodes } = await desk.topology();
    const found = nodes.find(({ id }) => id === node);
    if (found?.health === health && (error === undefined || found.error === error)) return;
    await sleep(50);
  }
  throw new Error(`${node} was not shown as ${health} within ${GIVE_UP_MS / 1000} s`);
}

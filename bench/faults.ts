import { setTimeout as sleep } from 'node:timers/promises';
import type { Topology } from '@shared/views/topology';
import { DEFAULT_PERIOD_MS } from '@shared/watch/schedule';
import { openConsole, type TestConsole } from '../electron/core/testing/console';
import type { Lab } from '../lab/api';
import type { Figure, Section } from './report';
import { summarise, times } from './stats';

const METHOD = `Method: the core, watching the lab at its ordinary period. Time 0 is just before the fault is made, at a random
moment of the period; the end is the first picture (topology) that shows it as what it is: the service down or
frozen, the host out of sight, the link between two hosts broken, the host key changed. A living SSH connection is not asked for its key again, so for the
host key the connections end too, as they do when a machine is installed anew. Between two faults it is undone and the
picture must be whole again.`;

interface Fault {
  name: string;
  /** In the words of the lab, one after the other. */
  make: readonly (readonly string[])[];
  undo: readonly string[];
  shown: Sight;
}
/** What the picture shows: a node's state, or a link that is broken. */
type Sight = { node: string; health: string; error?: string } | { from: string; to: string; broken: boolean };
const FAULTS: readonly Fault[] = [
  {
    name: 'kill web apache',
    make: [['kill', 'web', 'apache']],
    undo: ['start', 'web', 'apache'],
    shown: { node: 'web', health: 'down' },
  },
  {
    name: 'kill db mysql',
    make: [['kill', 'db', 'mysql']],
    undo: ['start', 'db', 'mysql'],
    shown: { node: 'db', health: 'down' },
  },
  {
    name: 'kill files samba',
    make: [['kill', 'files', 'samba']],
    undo: ['start', 'files', 'samba'],
    shown: { node: 'files', health: 'down' },
  },
  {
    name: 'freeze db mysql',
    make: [['freeze', 'db', 'mysql']],
    undo: ['resume', 'db', 'mysql'],
    shown: { node: 'db', health: 'degraded' },
  },
  {
    name: 'cut-console db',
    make: [['cut-console', 'db']],
    undo: ['heal', 'db'],
    shown: { node: 'db', health: 'unknown' },
  },
  {
    name: 'cut-console db --hang',
    make: [['cut-console', 'db', '--hang']],
    undo: ['heal', 'db'],
    shown: { node: 'db', health: 'unknown' },
  },
  {
    name: 'cut web db',
    make: [['cut', 'web', 'db']],
    undo: ['heal', 'web'],
    shown: { from: 'web', to: 'db', broken: true },
  },
  {
    name: 'host-key db, when its connections end',
    make: [
      ['host-key', 'db'],
      ['cut-console', 'db'],
      ['heal', 'db'],
    ],
    undo: ['host-key', 'db', '--restore'],
    shown: { node: 'db', health: 'unknown', error: 'E_HOSTKEY_CHANGED' },
  },
];
const GIVE_UP_MS = 120_000;
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
  const { shown } = fault;
  const well: Sight = 'node' in shown ? { node: shown.node, health: 'up' } : { ...shown, broken: false };
  await shows(desk, well);
  await sleep(Math.random() * DEFAULT_PERIOD_MS);
  const before = performance.now();
  for (const [index, words] of fault.make.entries()) {
    if (index > 0) await sleep(BETWEEN_MS);
    await lab.fault(...words);
  }
  await shows(desk, shown);
  const taken = (performance.now() - before) / 1000;
  await lab.fault(...fault.undo);
  if ('error' in shown) await desk.look(); // what a host key stopped goes on only when a person asks
  await shows(desk, well);
  return taken;
}

/** Waits for the picture, asked every 50 ms. */
async function shows(desk: TestConsole, sight: Sight): Promise<void> {
  const until = performance.now() + GIVE_UP_MS;
  while (performance.now() < until) {
    if (isShown(await desk.topology(), sight)) return;
    await sleep(50);
  }
  throw new Error(`${JSON.stringify(sight)} was not shown within ${GIVE_UP_MS / 1000} s`);
}

function isShown({ nodes, links }: Topology, sight: Sight): boolean {
  if ('node' in sight) {
    const found = nodes.find(({ id }) => id === sight.node);
    return found?.health === sight.health && (sight.error === undefined || found.error === sight.error);
  }
  const found = links.find(({ from, to }) => from === sight.from && to === sight.to);
  return found?.broken === sight.broken;
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openConsole } from '../../electron/core/testing/console';
import type { Figure, Section } from '../report';
import { summarise } from '../stats';
import { bareSweep } from './bare';
import { type Fleet, startFleet } from './fleet';
import type { LoopDelay } from './loop-delay';
import { quantile, steadyWatch, stream } from './steady';
import { consoleSweep, type Sweep } from './sweep';

const CONCURRENCY = 50;
const GIGABYTE = 1024 ** 3;

const METHOD = `Method: simulated hosts on 127.64.x.y, served by two other processes of this machine (ssh2 servers, ed25519), so
that their cryptography is not in the console's process; of ten hosts eight answer with what the console's own probes
print on this machine, one accepts the connection and says nothing, one refuses. The console is its real core in plain
Node, from reading the estate file on; "bare" is ssh2 alone with a pool of ${CONCURRENCY}, the same algorithms and the same commands,
nothing parsed, and the same 5 s for a host that says nothing. Both in one run, one after the other. Event-loop delay:
perf_hooks.monitorEventLoopDelay at 1 ms, less that 1 ms; of it own: CPU time of the process between two turns of a
1 ms timer, which other programs on the machine do not lengthen. CPU: seconds of this process per second.`;

export interface ScaleOptions {
  hosts: number;
  sweeps: number;
  steadySeconds: number;
}

/** The figures of watching many hosts: sweep beside the bare engine, steady watching, and watching while streaming. */
export async function measureScale({ hosts, sweeps, steadySeconds }: ScaleOptions): Promise<Section[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'patronus-scale-'));
  const fleet = await startFleet(folder, hosts);
  try {
    await bareSweep(fleet, CONCURRENCY); // records what the hosts will answer
    return [await sweepSection(fleet, sweeps), ...(await steadySections(fleet, steadySeconds))];
  } finally {
    await fleet.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** First sweeps of the console and of the bare engine in turn. */
export async function sweepSection(fleet: Fleet, sweeps: number): Promise<Section> {
  const ours: Sweep[] = [];
  const bare: Awaited<ReturnType<typeof bareSweep>>[] = [];
  for (let i = 0; i < sweeps; i += 1) {
    bare.push(await bareSweep(fleet, CONCURRENCY));
    ours.push(await consoleSweep(fleet));
  }
  const of = (name: string, unit: string, values: number[], goal?: string): Figure => ({
    name,
    unit,
    summary: summarise(values),
    ...(goal === undefined ? {} : { goal }),
  });
  return {
    title: `First sweep over ${fleet.hosts.length} hosts`,
    method: METHOD,
    missing: [],
    figures: [
      of(
        'every host asked once',
        's',
        ours.map((one) => one.seconds),
        '10',
      ),
      of(
        'every answering host seen',
        's',
        ours.map((one) => one.goodSeconds),
      ),
      of(
        'the same, bare',
        's',
        bare.map((one) => one.seconds),
      ),
      of(
        'answering hosts not seen',
        'hosts',
        ours.map((one) => one.counts.good.unreachable),
        '0',
      ),
      ...delayFigures(ours.map((one) => one.delay)),
      of(
        'CPU, bare',
        's/s',
        bare.map((one) => one.delay.cpu),
      ),
    ],
  };
}

async function steadySections(fleet: Fleet, seconds: number): Promise<Section[]> {
  const desk = await openConsole(fleet.estateFile);
  try {
    const calm = await steadyWatch(desk, fleet, seconds);
    let rate = 0;
    const busy = await steadyWatch(desk, fleet, seconds, async () => {
      rate = await stream(fleet, GIGABYTE);
    });
    const section = (title: string, { pauses, missed, periodMs, delay }: typeof calm): Section => ({
      title: `${title}, ${seconds} s, a look every ${periodMs / 1000} s`,
      method: 'Method: as above. The pauses are those between two looks at an answering host.',
      missing: [],
      figures: [
        { name: 'pause between looks, p50', unit: 's', summary: summarise([quantile(pauses, 0.5) / 1000]) },
        {
          name: 'pause between looks, p95',
          unit: 's',
          summary: summarise([quantile(pauses, 0.95) / 1000]),
          goal: `${(2 * periodMs) / 1000}`,
        },
        { name: 'pause between looks, longest', unit: 's', summary: summarise([quantile(pauses, 1) / 1000]) },
        { name: 'hosts not looked at twice', unit: 'hosts', summary: summarise([missed]), goal: '0' },
        ...delayFigures([delay]),
      ],
    });
    const streaming = section('Watching while 1 GB is streamed over one SSH channel of this process', busy);
    return [
      section('Watching', calm),
      {
        ...streaming,
        figures: [
          ...streaming.figures,
          { name: 'rate of the stream', unit: 'MB/s', summary: summarise([rate]) },
        ],
      },
    ];
  } finally {
    await desk.close();
  }
}

const delayFigures = (delays: readonly LoopDelay[]): Figure[] => [
  { name: 'event-loop delay, p50', unit: 'ms', summary: summarise(delays.map((one) => one.p50)) },
  { name: 'event-loop delay, p99', unit: 'ms', summary: summarise(delays.map((one) => one.p99)), goal: '20' },
  { name: 'event-loop delay, longest', unit: 'ms', summary: summarise(delays.map((one) => one.max)) },
  {
    name: 'of it own CPU time, p99',
    unit: 'ms',
    summary: summarise(delays.map((one) => one.own.p99)),
    goal: '20',
  },
  {
    name: 'of it own CPU time, longest',
    unit: 'ms',
    summary: summarise(delays.map((one) => one.own.max)),
  },
  { name: 'CPU', unit: 's/s', summary: summarise(delays.map((one) => one.cpu)) },
  {
    name: 'resident memory, highest',
    unit: 'MB',
    summary: summarise(delays.map((one) => one.rss / 1e6)),
    goal: '1000',
  },
];

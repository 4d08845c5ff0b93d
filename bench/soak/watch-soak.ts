import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openConsole } from '../../electron/core/testing/console';
import { startFleet } from '../scale/fleet';
import { quantile, steadyWatch } from '../scale/steady';
import { summarise } from '../stats';
import type { Soak } from './soak';

const HOSTS = 1_000;
const MINUTES = 60;
/** Caches fill and the heap finds its size at first: what counts is whether it grows after that. */
const WARM_PART = 0.25;
const MAX_GROWTH = 0.1;

/** An hour of steady watching: looks keep their period, and nothing grows. */
export const watchSoak: Soak = {
  about: `${MINUTES} minutes of watching ${HOSTS} simulated hosts: period kept, no leak`,
  minutes: MINUTES + 2,
  async run(scale, say) {
    const folder = await mkdtemp(path.join(tmpdir(), 'patronus-soak-'));
    const fleet = await startFleet(folder, HOSTS);
    const desk = await openConsole(fleet.estateFile);
    try {
      const minutes = Math.max(4, Math.round(MINUTES * scale));
      const rss: number[] = [];
      const slowest: number[] = [];
      const late: number[] = [];
      let missed = 0;
      let periodMs = 0;
      for (let minute = 1; minute <= minutes; minute += 1) {
        const found = await steadyWatch(desk, fleet, 60);
        rss.push(process.memoryUsage.rss() / 1e6);
        slowest.push(quantile(found.pauses, 0.95) / 1000);
        late.push(found.delay.p99);
        missed += found.missed;
        periodMs = found.periodMs;
        say(`minute ${minute}: ${rss.at(-1)?.toFixed(0)} MB, p95 ${slowest.at(-1)?.toFixed(1)} s`);
      }
      const warm = rss.slice(Math.floor(minutes * WARM_PART));
      const half = Math.floor(warm.length / 2);
      const early = summarise(warm.slice(0, half)).median;
      const growth = summarise(warm.slice(half)).median / early - 1;
      const p95 = Math.max(...slowest);
      return {
        sections: [
          {
            title: `${minutes} minutes of watching ${HOSTS} hosts, a look every ${periodMs / 1000} s`,
            method:
              'Method: the fleet of `npm run bench -- scale`; each figure is of a minute. Growth: median of the later half\nof the minutes after the first quarter, against the earlier half.',
            missing: [],
            figures: [
              { name: 'resident memory', unit: 'MB', summary: summarise(rss), goal: '1000' },
              {
                name: 'growth of it',
                unit: '%',
                summary: summarise([growth * 100]),
                goal: `${MAX_GROWTH * 100}`,
              },
              {
                name: 'pause between looks, p95',
                unit: 's',
                summary: summarise(slowest),
                goal: `${(2 * periodMs) / 1000}`,
              },
              { name: 'event-loop delay, p99', unit: 'ms', summary: summarise(late), goal: '20' },
            ],
          },
        ],
        broken: [
          ...(growth > MAX_GROWTH ? [`memory grew by ${(growth * 100).toFixed(0)} %`] : []),
          ...(p95 > (2 * periodMs) / 1000 ? [`p95 of the pauses: ${p95.toFixed(1)} s`] : []),
          ...(missed > 0 ? [`${missed} times an answering host was not looked at twice in a minute`] : []),
        ],
      };
    } finally {
      await desk.close();
      await fleet.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startFleet } from '../scale/fleet';
import { sweepSection } from '../scale/measure-scale';
import type { Soak } from './soak';

const HOSTS = 1_000;
const SWEEPS = 20;

/** The first sweep again and again: not one answering host may be missed in any of them. */
export const sweepSoak: Soak = {
  about: `${SWEEPS} first sweeps over ${HOSTS} simulated hosts, beside the bare engine`,
  minutes: 12,
  async run(scale) {
    const folder = await mkdtemp(path.join(tmpdir(), 'patronus-soak-'));
    const fleet = await startFleet(folder, HOSTS);
    try {
      const section = await sweepSection(fleet, Math.max(1, Math.round(SWEEPS * scale)));
      const bound = (name: string, most: number) =>
        section.figures.flatMap((figure) =>
          figure.name === name && figure.summary.max > most
            ? [`${name}: ${figure.summary.max} ${figure.unit}, more than ${most}`]
            : [],
        );
      return {
        sections: [section],
        broken: [
          ...bound('answering hosts not seen', 0),
          ...bound('resident memory, highest', 1_000),
          ...bound('event-loop delay, p99', 20),
        ],
      };
    } finally {
      await fleet.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

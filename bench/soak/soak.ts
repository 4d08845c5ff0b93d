import type { Section } from '../report';
import { crashSceneSoak } from './crash-scene-soak';
import { crashSoak } from './crash-soak';
import { failoverLossSoak } from './failover-loss-soak';
import { sweepSoak } from './sweep-soak';
import { switchoverSoak } from './switchover-soak';
import { troubleSoak } from './trouble-soak';
import { watchSoak } from './watch-soak';

/** What a soak found: figures, and which of its bounds did not hold. */
export interface Outcome {
  sections: Section[];
  broken: string[];
}

/** A proof that takes too long for every test run. */
export interface Soak {
  about: string;
  /** How long it takes, roughly, when `scale` is 1. */
  minutes: number;
  /** `scale`: part of the full length, to try it out. Progress goes to `say`. */
  run(scale: number, say: (text: string) => void): Promise<Outcome>;
}

/** By name; a new one is a file here and a line below. */
export const SOAKS: Readonly<Record<string, Soak>> = {
  sweep: sweepSoak,
  watch: watchSoak,
  'failover-loss': failoverLossSoak,
  'switchover-mysql': switchoverSoak('mysql'),
  'switchover-mariadb': switchoverSoak('mariadb'),
  'crash-mysql': crashSoak('mysql'),
  'crash-mariadb': crashSoak('mariadb'),
  'crash-failover-mysql': crashSceneSoak('failover', 'mysql'),
  'crash-failover-mariadb': crashSceneSoak('failover', 'mariadb'),
  'crash-rejoin-mysql': crashSceneSoak('rejoin', 'mysql'),
  'crash-rejoin-mariadb': crashSceneSoak('rejoin', 'mariadb'),
  'trouble-mysql': troubleSoak('mysql'),
  'trouble-mariadb': troubleSoak('mariadb'),
};

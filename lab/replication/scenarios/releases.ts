import type { Expected, NotHere, Scenario } from '../scenario';
import { CHAIN, STAR } from '../wirings';

/** Servers of two releases. Nothing is bent: it is what they are. */

const notHere: NotHere = { notHere: 'one release of MySQL can be had here, 9.7' };
const ALL = ['db-a', 'db-b', 'db-c'] as const;

/** 11.6 made utf8mb4 and its newest collation the default (MariaDB manual, "Changes & Improvements in 11.6"). */
const parity = (node: (typeof ALL)[number]): Expected => ({
  code: 'PARITY',
  nodes: [node],
  because: 'F47: character_set_server and collation_server of 11.8 are others by default',
});

export const RELEASES: readonly Scenario[] = [
  {
    name: 'mixed-versions',
    title: 'A replica of a newer release',
    wiring: STAR,
    newer: ['db-b'],
    expected: {
      mysql: notHere,
      mariadb: [
        { code: 'MIXED_VERSIONS', nodes: ALL, because: 'orchestrator: DifferentVersions' },
        parity('db-b'),
      ],
    },
  },
  {
    name: 'version-order',
    title: 'A replica older than its source',
    wiring: CHAIN,
    newer: ['db-b'],
    expected: {
      mysql: notHere,
      mariadb: [
        { code: 'VERSION_ORDER', nodes: ['db-c'], because: 'F32: a replica older than its source' },
        parity('db-b'),
        parity('db-c'),
      ],
    },
  },
];

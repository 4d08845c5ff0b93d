import type { PrimaryVerdict } from '../model';
import { server } from '../replication.test-kit';
import {
  type CasesByCode,
  following,
  pair,
  pulledBy,
  type RuleCases,
  replica,
  silent,
  sound,
  viewOf,
} from './rules.test-kit';

const followed = replica('b', 'a');
const judged = (verdict: PrimaryVerdict['verdict']) => pair(followed, { verdict });
/** A verdict is formed elsewhere; a rule shows it, and `unknown` is no finding. */
const ofVerdict = (verdict: PrimaryVerdict['verdict'], near: PrimaryVerdict['verdict']): RuleCases => ({
  hit: { [verdict]: judged(verdict) },
  miss: { [near]: judged(near), 'no verdict can be formed': judged('unknown') },
  unknown: {},
});
const untold = pair(server('b', { channels: null }));
const circle = (a: boolean | null, b: boolean | null) =>
  viewOf([
    replica('a', 'b', { readOnly: a, superReadOnly: a }),
    replica('b', 'a', { readOnly: b, superReadOnly: b }),
  ]);
const round = (...writable: string[]) =>
  viewOf(
    [
      ['a', 'd'],
      ['b', 'a'],
      ['c', 'b'],
      ['d', 'c'],
    ].map(([node = '', from = '']) => replica(node, from, { readOnly: !writable.includes(node) })),
  );
const stopped = (node: string) => replica(node, 'a', { channels: [following('a', { receiver: 'off' })] });

export const PRIMARY_CASES: CasesByCode = {
  PRIMARY_DEAD_AND_REPLICAS: {
    hit: {
      'a replica is out of sight': viewOf([sound('a', { dumps: pulledBy('c') }), followed, silent('c')], {
        verdict: 'dead',
      }),
    },
    miss: { 'all replicas answer': judged('dead') },
    unknown: {},
  },
  PRIMARY_DEAD: ofVerdict('dead', 'unreachable-from-here'),
  PRIMARY_UNREACHABLE: ofVerdict('unreachable-from-here', 'dead'),
  PRIMARY_HUNG: ofVerdict('hung', 'disk-stalled'),
  PRIMARY_DISK_STALLED: ofVerdict('disk-stalled', 'hung'),
  PRIMARY_REFUSES_CLIENTS: ofVerdict('refusing-clients', 'alive'),
  PRIMARY_LOCKED_SEMI_SYNC: ofVerdict('locked-by-semi-sync', 'alive'),
  ALL_REPLICAS_STOPPED: {
    hit: { both: viewOf([sound('a'), stopped('b'), stopped('c')]) },
    miss: {
      'one of two': viewOf([sound('a'), stopped('b'), replica('c', 'a')]),
      'one of one': pair(stopped('b')),
      'the source is out of sight': viewOf([silent('a'), stopped('b'), stopped('c')]),
      'another channel of it still receives': viewOf([
        sound('a'),
        stopped('b'),
        replica('c', 'a', {
          channels: [following('a', { name: 'x', receiver: 'off' }), following('a', { name: 'y' })],
        }),
      ]),
    },
    unknown: {
      'the other tells no state': viewOf([
        sound('a'),
        stopped('b'),
        replica('c', 'a', { channels: [following('a', { receiver: null })] }),
      ]),
      'the other is out of sight': viewOf([
        sound('a', { dumps: pulledBy('c') }),
        stopped('b'),
        { ...silent('c'), identity: sound('c').identity },
      ]),
    },
  },
  SEVERAL_WRITABLE: {
    hit: { 'both of a circle': circle(false, false), 'two of four, not neighbours': round('a', 'c') },
    miss: {
      'one of a circle': circle(false, true),
      'one of four': round('c'),
      'two sources of one replica': viewOf([
        sound('a'),
        sound('b'),
        replica('c', 'a', { channels: [following('a'), following('b', { name: 'b' })] }),
      ]),
      'two that nobody joins': pair(sound('b')),
    },
    unknown: { 'one of a circle does not tell': circle(false, null) },
  },
  NO_PRIMARY_WRITABLE: {
    hit: { 'the only source is read-only': pair(followed, {}, { readOnly: true }) },
    miss: {
      'it is writable': pair(followed),
      'one of two sources is, the other does not tell': viewOf([
        sound('a', { readOnly: null }),
        sound('b'),
        replica('c', 'a', { channels: [following('a'), following('b', { name: 'b' })] }),
      ]),
      'a server that is alone': viewOf([sound('a', { readOnly: true })]),
    },
    unknown: { 'it does not tell': pair(followed, {}, { readOnly: null }) },
  },
  PRIMARY_READ_ONLY: {
    hit: { 'a source': pair(followed, {}, { readOnly: true }) },
    miss: { 'a writable source': pair(followed), 'the closed half of a circle': circle(false, true) },
    unknown: { 'it does not tell': pair(followed, {}, { readOnly: null }) },
  },
  REPLICA_WRITABLE: {
    hit: { 'a replica': pair(replica('b', 'a', { readOnly: false, superReadOnly: false })) },
    miss: { 'a read-only replica': pair(followed), 'a source': pair(sound('b')) },
    unknown: { 'it does not tell': pair(replica('b', 'a', { readOnly: null })), 'no channels told': untold },
  },
  REPLICA_WRITABLE_AFTER_RESTART: {
    hit: {
      'nothing keeps read_only': pair(
        replica('b', 'a', { restart: { readOnly: false, startsReplication: true, where: '/etc/my.cnf' } }),
      ),
    },
    miss: {
      'a file keeps it': pair(followed),
      'it is writable now': pair(
        replica('b', 'a', {
          readOnly: false,
          restart: { readOnly: false, startsReplication: true, where: null },
        }),
      ),
      'a source': pair(sound('b', { restart: { readOnly: false, startsReplication: true, where: null } })),
    },
    unknown: {
      'the files were not read': pair(
        replica('b', 'a', { restart: { readOnly: null, startsReplication: null, where: null } }),
      ),
      'read_only is not told': pair(replica('b', 'a', { readOnly: null })),
    },
  },
  PRIVILEGED_WRITERS: {
    hit: {
      'through read_only': pair(replica('b', 'a', { superReadOnly: false, privileged: ['app@10.%'] })),
      MariaDB: pair(replica('b', 'a', { privileged: ['app@10.%'] }, 'mariadb')),
    },
    miss: {
      'super_read_only stops them': pair(replica('b', 'a', { privileged: ['app@10.%'] })),
      nobody: pair(replica('b', 'a', { superReadOnly: false })),
    },
    unknown: {
      'accounts are hidden': pair(replica('b', 'a', { superReadOnly: false, privileged: null })),
      'super_read_only is not told': pair(
        replica('b', 'a', { superReadOnly: null, privileged: ['app@10.%'] }),
      ),
      'no channels told': untold,
    },
  },
  SEMI_SYNC_FALLEN_BACK: {
    hit: {
      'switched on and not active': pair(followed, {}, source({ active: false })),
      'a source whose replicas are all gone': viewOf([sound('a', source({ active: false }))]),
    },
    miss: {
      active: pair(followed, {}, source({})),
      'switched off': pair(followed, {}, source({ enabled: false, active: false })),
      'a replica that only has the plugin': pair(replica('b', 'a', source({ active: false }))),
    },
    unknown: { 'no status': pair(followed, {}, source({ active: null })) },
  },
  SEMI_SYNC_TOO_FEW: {
    hit: { 'none of one': pair(followed, {}, source({ clients: 0 })) },
    miss: {
      'one of one': pair(followed, {}, source({})),
      'a replica that only has the plugin': pair(replica('b', 'a', source({ clients: 0 }))),
      'fallen back': pair(followed, {}, source({ clients: 0, active: false })),
    },
    unknown: { 'no count': pair(followed, {}, source({ clients: null })) },
  },
  SEMI_SYNC_AFTER_COMMIT: {
    hit: { 'wait point': pair(followed, {}, source({ waitPoint: 'AFTER_COMMIT' })) },
    miss: {
      AFTER_SYNC: pair(followed, {}, source({})),
      'switched off': pair(
        followed,
        {},
        source({ enabled: false, active: false, waitPoint: 'AFTER_COMMIT' }),
      ),
    },
    unknown: { 'no wait point': pair(followed, {}, source({ waitPoint: null })) },
  },
};

function source(given: Partial<ReturnType<typeof sound>['semiSync']['source']>) {
  const sync = {
    enabled: true,
    active: true,
    clients: 1,
    needed: 1,
    timeoutMs: 1_000,
    waitPoint: 'AFTER_SYNC',
    waiting: 0,
    unacknowledged: '3',
  };
  return { semiSync: { source: { ...sync, ...given }, replica: { enabled: false, active: false } } };
}

import { expect, test } from 'vitest';
import { diagnoseReplication } from '../diagnose';
import type { Channel } from '../model';
import type { Deep } from '../replication.test-kit';
import type { ReplicationView } from './rule';
import {
  type Dialect,
  following,
  type More,
  pair,
  pulledBy,
  replica,
  silent,
  sound,
  viewOf,
  withChannel,
} from './rules.test-kit';

/** One cause shows once: the exact findings of whole situations, each `CODE node node`. */

const LATE = { seconds: 90, waiting: '0', missing: '40', catchUp: 'never', appliedPerSecond: 0 } as const;
const GONE = { number: 2003, text: 'error connecting', at: null };
const CUT: Deep<Channel> = { receiver: 'connecting', receiverError: GONE, lastHeard: 1 };
const late = (given: Deep<Channel>, dialect?: Dialect): ReplicationView =>
  pair(withChannel(given, dialect), { lag: { b: LATE } });
const cutOff = (node: string) => replica(node, 'a', { channels: [following('a', CUT)] });
const lost = (verdict: More['verdict'], ...others: ReturnType<typeof sound>[]) =>
  viewOf([{ ...silent('a'), identity: sound('a').identity }, cutOff('b'), ...others], {
    lag: { b: LATE, c: LATE },
    ...(verdict === undefined ? {} : { verdict }),
  });

test.each<[string, ReplicationView, string[]]>([
  ['a dead primary', lost('dead', cutOff('c')), ['PRIMARY_DEAD a b c']],
  [
    'a dead primary, a replica out of sight',
    viewOf(
      [
        sound('a', { dumps: pulledBy('b', 'c') }),
        cutOff('b'),
        { ...silent('c'), identity: sound('c').identity },
      ],
      { verdict: 'dead', lag: { b: LATE } },
    ),
    ['PRIMARY_DEAD_AND_REPLICAS a b c'],
  ],
  ['a hung primary', lost('hung', cutOff('c')), ['PRIMARY_HUNG a b c']],
  ['a primary that nobody can judge', lost('unknown'), ['RECEIVER_ERROR b']],
  [
    'all replicas cut from a primary that answers',
    viewOf([sound('a'), cutOff('b'), cutOff('c')], { lag: { b: LATE, c: LATE } }),
    ['ALL_REPLICAS_STOPPED a b c'],
  ],
  ['a receiver stopped by hand', late({ receiver: 'off' }), ['RECEIVER_STOPPED b']],
  ['both threads stopped by hand', late({ receiver: 'off', applier: 'off' }), ['BOTH_THREADS_STOPPED b']],
  [
    'the applier stopped by a duplicate key',
    late({ applier: 'off', applierError: { number: 1062, text: 'Duplicate entry', at: null } }),
    ['APPLIER_ERROR b'],
  ],
  [
    'the log is purged',
    late({
      receiver: 'off',
      receiverError: { number: 13114, text: 'purged required binary logs', at: null },
    }),
    ['BINLOG_PURGED b'],
  ],
  ['a half-open link', late({ lastHeard: 1 }), ['HALF_OPEN_LINK b']],
  ['a delay on purpose', late({ delaySeconds: 3600 }), ['DELAYED b']],
  ['slower than its source', late({}), ['NEVER_CATCHES_UP b']],
  [
    'two writers of a circle',
    viewOf(['ab', 'ba'].map(([node = '', from = '']) => replica(node, from, { readOnly: false }))),
    ['SEVERAL_WRITABLE a b'],
  ],
  [
    'a writable replica, which its configuration would bring back so',
    pair(
      replica('b', 'a', {
        readOnly: false,
        superReadOnly: false,
        privileged: ['app@%'],
        restart: { readOnly: false, startsReplication: true, where: null },
      }),
    ),
    ['REPLICA_WRITABLE b'],
  ],
  [
    'no GTIDs, so file positions',
    pair(
      replica('b', 'a', {
        gtid: { ...sound('b').gtid, mode: 'OFF', executed: '' },
        channels: [following('a', { positioning: 'file', received: '' })],
      }),
      {},
      { gtid: { ...sound('a').gtid, mode: 'OFF', executed: '' } },
    ),
    ['GTID_OFF a', 'GTID_OFF b'],
  ],
  [
    'a replica that does not log',
    pair(
      replica('b', 'a', {
        binlog: { ...sound('b').binlog, on: false, logsReplicated: false, format: 'MIXED' },
      }),
    ),
    ['NOT_LOGGING b'],
  ],
])('%s shows once', (_name, view, expected) => {
  const { findings } = diagnoseReplication(view);
  expect(findings.map(({ code, nodes }) => `${code} ${nodes.join(' ')}`)).toEqual(expected);
});

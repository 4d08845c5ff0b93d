import { expect, test } from 'vitest';
import type { AppError } from '../errors';
import { randomOf } from '../gtid/gtid.test-kit';
import type { ReasonCode, ServiceHealth } from '../topology/health';
import { edgesOf } from './graph';
import type { Channel, ServerReading } from './model';
import { channel, server } from './replication.test-kit';
import { type VerdictInput, verdictOf } from './verdict';

const NOW = 1_000_000;
const health = (state: ServiceHealth['health'], code?: ReasonCode, error?: string): ServiceHealth => ({
  health: state,
  reason:
    code === undefined
      ? null
      : {
          code,
          params: { host: 'a', port: '3306', process: 'mysqld', running: '?', halted: '0', message: '?' },
          ...(error === undefined ? {} : { error: failed(error) }),
        },
});
const failed = (code: string): AppError => ({ code, stage: 'query', message: code, retryable: true });

type Receiver = Partial<Pick<Channel, 'receiver' | 'receiverError' | 'lastHeard'>>;
const HEARS: Receiver = { receiver: 'on', lastHeard: NOW - 500 };
const CUT: Receiver = {
  receiver: 'connecting',
  receiverError: { number: 2003, text: 'cannot connect', at: null },
};
const SILENT: Receiver = { receiver: 'on', lastHeard: NOW - 60_000 };

interface Case {
  primary?: Partial<ServerReading>;
  health: ServiceHealth;
  replicas?: readonly (Receiver | 'gone')[];
  neighbours?: VerdictInput['neighbours'];
  blocked?: number;
}

function verdict({ primary = {}, health: shown, replicas = [], neighbours = [], blocked }: Case) {
  const a = server('a', { at: NOW, ...primary });
  const others = replicas.map((receiver, index) => {
    const node = String.fromCharCode(98 + index);
    return receiver === 'gone'
      ? server(node, { state: 'silent', channels: null, dumps: null })
      : server(node, {
          at: NOW,
          channels: [channel({ source: { host: a.address }, heartbeatSeconds: 1, ...receiver })],
        });
  });
  const servers = [a, ...others];
  const input = {
    server: a,
    health: shown,
    servers,
    edges: edgesOf(servers),
    neighbours,
    blocked: blocked ?? null,
  };
  return verdictOf({ ...input, now: NOW });
}

const silent = { state: 'silent' as const, channels: null, dumps: null, at: null };
const UNREACHABLE = health('unknown', 'unreachable', 'E_TCP_TIMEOUT');
const DOWN = health('down', 'notRunning', 'E_SQL_REFUSED');

// Names in brackets are orchestrator's.
test.each<[string, Case, string]>([
  ['everything answers', { health: health('up'), replicas: [HEARS, HEARS] }, 'alive'],
  [
    '[DeadMaster] no route from here, both replicas cut',
    { primary: silent, health: UNREACHABLE, replicas: [CUT, CUT] },
    'dead',
  ],
  [
    '[DeadMaster] process gone on a host that answers, a replica cut',
    { primary: silent, health: DOWN, replicas: [CUT] },
    'dead',
  ],
  [
    '[DeadMasterAndSomeReplicas] one replica cut, one out of sight',
    { primary: silent, health: UNREACHABLE, replicas: [CUT, 'gone'] },
    'unknown',
  ],
  [
    '… and a web host whose way to it is broken',
    {
      primary: silent,
      health: UNREACHABLE,
      replicas: [CUT, 'gone'],
      neighbours: [{ host: 'web', broken: true, at: NOW }],
    },
    'dead',
  ],
  [
    '[DeadMasterAndReplicas] nobody is in sight: it could be us',
    { primary: silent, health: UNREACHABLE, replicas: ['gone', 'gone'] },
    'unknown',
  ],
  [
    '[DeadMasterWithoutReplicas] only the console misses it',
    { primary: silent, health: UNREACHABLE },
    'unknown',
  ],
  [
    'no replica, but its host says that nothing runs and refuses',
    {
      primary: { ...silent, errors: [failed('E_SQL_REFUSED')] },
      health: DOWN,
    },
    'dead',
  ],
  [
    'F13 [UnreachableMaster] cut off from here, replicas hear it',
    { primary: silent, health: UNREACHABLE, replicas: [HEARS, CUT] },
    'unreachable-from-here',
  ],
  [
    'its replicas are lost for everybody but one who hears it',
    { primary: silent, health: UNREACHABLE, replicas: [CUT, CUT, HEARS] },
    'unreachable-from-here',
  ],
  ['F14 all replicas cut, the console sees it', { health: health('up'), replicas: [CUT, CUT] }, 'alive'],
  [
    'F15 stopped by a signal',
    { primary: silent, health: health('degraded', 'frozen'), replicas: [SILENT, SILENT] },
    'hung',
  ],
  [
    'takes connections and says nothing',
    { primary: silent, health: health('degraded', 'error', 'E_SQL_TIMEOUT'), replicas: [SILENT] },
    'hung',
  ],
  [
    'the same with processes waiting for the disk',
    {
      primary: silent,
      health: health('degraded', 'error', 'E_SQL_TIMEOUT'),
      replicas: [SILENT],
      blocked: 3,
    },
    'disk-stalled',
  ],
  [
    'F33 no connection left',
    { primary: silent, health: health('degraded', 'error', 'E_SQL_TOO_MANY'), replicas: [CUT, CUT] },
    'refusing-clients',
  ],
  [
    'a wrong password is not death',
    { primary: silent, health: health('degraded', 'error', 'E_SQL_AUTH'), replicas: [CUT, CUT] },
    'alive',
  ],
  [
    'a changed host key is no sight at all',
    { primary: silent, health: health('unknown', 'untrusted', 'E_HOSTKEY_CHANGED'), replicas: [CUT, CUT] },
    'unknown',
  ],
  [
    'replicas that are refused a login hear that it lives',
    {
      primary: silent,
      health: UNREACHABLE,
      replicas: [{ receiver: 'connecting', receiverError: { number: 1045, text: '', at: null } }, CUT, CUT],
    },
    'unreachable-from-here',
  ],
  [
    'receivers stopped by somebody say nothing',
    { primary: silent, health: UNREACHABLE, replicas: [{ receiver: 'off' }, { receiver: 'off' }] },
    'unknown',
  ],
  [
    'process gone, and yet a replica hears: a contradiction is not death',
    { primary: silent, health: DOWN, replicas: [HEARS, CUT] },
    'unknown',
  ],
  [
    'T7 commits wait for a replica that is not there',
    {
      primary: {
        semiSync: {
          source: {
            enabled: true,
            active: true,
            clients: 0,
            needed: 1,
            timeoutMs: 1e9,
            waitPoint: null,
            waiting: 4,
            unacknowledged: null,
          },
          replica: { enabled: false, active: false },
        },
      },
      health: health('up'),
    },
    'locked-by-semi-sync',
  ],
])('%s', (_name, given, expected) => {
  expect(verdict(given).verdict).toBe(expected);
});

test('every term has an observer, and what is not seen is neither true nor false', () => {
  const { terms } = verdict({ primary: silent, health: UNREACHABLE, replicas: [CUT, 'gone'] });
  expect(terms.map(({ code, observer, holds }) => [code, observer, holds])).toEqual([
    ['console-ssh', 'console', false],
    ['console-sql', 'console', false],
    ['process-runs', 'a', null],
    ['semi-sync-waits', 'a', null],
    ['disk-waits', 'a', null],
    ['replica-hears', 'b', false],
  ]);
});

/** Of a living primary, whatever observers fail to see: at most one of them besides the console is wrong. */
test('1 000 glitches of single observers: never "dead"', () => {
  const random = randomOf(11);
  const pick = <T>(...from: readonly T[]): T => from[random(from.length)] as T;
  const consoleViews = [
    UNREACHABLE,
    health('unknown', 'stale'),
    health('degraded', 'error', 'E_SQL_TIMEOUT'),
    health('degraded', 'frozen'),
    health('unknown', 'refused', 'E_AUTH'),
    health('degraded', 'error', 'E_SQL_LOST'),
    health('up'),
  ];
  for (let n = 0; n < 1_000; n += 1) {
    const count = random(4);
    const wrong = random(count + 2);
    const calm: readonly (Receiver | 'gone')[] = [HEARS, 'gone', { receiver: 'off' }, { receiver: 'on' }];
    const replicas = Array.from({ length: count }, (_, index) =>
      index === wrong ? pick<Receiver | 'gone'>(CUT, SILENT) : pick(...calm),
    );
    const broken = wrong === count ? pick(true, false) : false;
    const shown = pick(...consoleViews);
    const primary = shown.health === 'up' ? {} : silent;
    const neighbours = [{ host: 'web', broken, at: pick(NOW, NOW - 3_600_000, null) }];
    const found = verdict({ primary, health: shown, replicas, neighbours, blocked: random(3) });
    expect([n, found.verdict]).not.toEqual([n, 'dead']);
  }
});

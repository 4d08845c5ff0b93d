import { conflicts } from '../../gtid/mariadb-algebra';
import { parseMariadbPosition } from '../../gtid/mariadb-list';
import type { Errant } from '../errants';
import type { ServerReading } from '../model';
import {
  type Case,
  each,
  following,
  hit,
  nameOf,
  type ReplicationRule,
  replicasIn,
  UNKNOWN,
  untold,
} from './rule';

/** Who has which transactions, and how old what is shown is. */

/** A replica older than this could not take over without losing time to catch up. */
const LAG_LIMIT_SECONDS = 2;

export const HISTORY_RULES: readonly ReplicationRule[] = [
  {
    code: 'ERRANT_TRANSACTIONS',
    severity: 'critical',
    from: 'F23; MySQL Shell errantGtidSet; orchestrator ErrantGTIDStructureWarning',
    masks: [],
    when: (view) => errantsIn(view, 'errant'),
  },
  {
    code: 'REPLICA_AHEAD_OF_SOURCE',
    severity: 'critical',
    from: 'measured: the source lost the end of its log and will give those numbers again',
    masks: [],
    when: (view) => errantsIn(view, 'ahead'),
  },
  {
    code: 'HISTORIES_DIVERGED',
    severity: 'critical',
    from: 'T4: the same sequence number by two servers',
    masks: ['ERRANT_TRANSACTIONS'],
    when: (view) =>
      following(view).flatMap<Case>(({ server, channel, source }) => {
        if (server.dialect !== 'mariadb' || source?.state !== 'answers' || channel.receiverError !== null)
          return [];
        if (server.gtid.slavePos === null || source.gtid.executed === null) return [UNKNOWN];
        const own = parseMariadbPosition(server.gtid.slavePos);
        const theirs = parseMariadbPosition(source.gtid.executed);
        if (!own.ok || !theirs.ok) return [UNKNOWN];
        const parted = conflicts(own.value, theirs.value);
        if (parted.length === 0) return [];
        const message = parted
          .map(({ domain, server: id, sequence }) => `${domain}-${id}-${sequence}`)
          .join(', ');
        return [hit(server, { from: nameOf(channel, source), message }, 'gtid')];
      }),
  },
  {
    code: 'NEVER_CATCHES_UP',
    severity: 'warning',
    from: 'time to catch up, "never" when it does not come nearer',
    masks: ['LAGGING'],
    when: (view) =>
      lagsIn(view).flatMap<Case>(({ server, lag }) => {
        if (lag.seconds === null) return [UNKNOWN];
        if (lag.seconds <= LAG_LIMIT_SECONDS) return [];
        if (lag.catchUp === null || lag.appliedPerSecond === null) return [UNKNOWN];
        return lag.catchUp === 'never' ? [behind(server, lag)] : [];
      }),
  },
  {
    code: 'LAGGING',
    severity: 'warning',
    from: 'orchestrator: lag beyond ReasonableReplicationLag',
    masks: [],
    when: (view) =>
      each(
        lagsIn(view),
        ({ lag }) => (lag.seconds === null ? null : lag.seconds > LAG_LIMIT_SECONDS),
        ({ server, lag }) => behind(server, lag),
      ),
  },
  {
    code: 'LAG_UNKNOWN',
    severity: 'info',
    from: 'NULL is unknown, never fine',
    masks: [],
    when: (view) =>
      lagsIn(view)
        .filter(({ lag }) => lag.seconds === null && isReplicating(lag))
        .map(({ server }) => hit(server, {}, 'channels')),
  },
  {
    code: 'DELAYED',
    severity: 'info',
    from: 'T14: a delayed replica is never a candidate',
    masks: ['LAGGING', 'NEVER_CATCHES_UP'],
    when: (view) => [
      ...untold(view),
      ...each(
        following(view),
        ({ channel }) => (channel.delaySeconds === null ? null : channel.delaySeconds > 0),
        ({ server, channel }) => hit(server, { seconds: `${channel.delaySeconds}` }, 'channels'),
      ),
    ],
  },
];

type View = Parameters<ReplicationRule['when']>[0];
type Lag = NonNullable<View['members'][number]['lag']>;

const isReplicating = (lag: Lag) => lag.waiting !== null || lag.secondsBehind !== null;

/** Replicas that speak, with how far behind they are. */
const lagsIn = (view: View) =>
  view.members.flatMap(({ server, lag }) =>
    server.state === 'answers' && lag !== null ? [{ server, lag }] : [],
  );

const behind = (server: ServerReading, lag: Lag) =>
  hit(server, { seconds: `${lag.seconds ?? '?'}`, got: lag.waiting ?? '?' }, 'channels', 'gtid');

/** One finding a replica and kind, whatever the number of its channels. */
const errantsIn = (view: View, kind: Errant['kind']): Case[] => [
  ...untold(view),
  ...replicasIn(view).flatMap<Case>((server) => {
    const errants = view.errants.get(server.node);
    if (errants === null || errants === undefined) return [UNKNOWN];
    return errants
      .filter((one) => one.kind === kind)
      .map((one) =>
        hit(server, { from: one.sources.join(', '), got: one.text, attempts: one.count ?? '?' }, 'gtid'),
      );
  }),
];

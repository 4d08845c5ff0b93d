import { conflicts } from '../../gtid/mariadb-algebra';
import { parseMariadbPosition } from '../../gtid/mariadb-list';
import { type Case, each, following, hit, nameOf, type ReplicationRule, speaking, UNKNOWN } from './rule';

/** Who has which transactions, and how old what is shown is. */

/** A replica older than this could not take over without losing time to catch up. */
const LAG_LIMIT_SECONDS = 2;

export const HISTORY_RULES: readonly ReplicationRule[] = [
  {
    code: 'ERRANT_TRANSACTIONS',
    severity: 'critical',
    from: 'F23; MySQL Shell errantGtidSet; orchestrator ErrantGTIDStructureWarning',
    masks: [],
    when: (view) =>
      following(view).flatMap<Case>(({ server }, index, all) => {
        if (all.findIndex((one) => one.server === server) !== index) return [];
        const errants = view.errants.get(server.node);
        if (errants === null || errants === undefined) return [UNKNOWN];
        return errants
          .filter((one) => one.kind === 'errant')
          .map((one) =>
            hit(server, { from: one.sources.join(', '), got: one.text, attempts: one.count ?? '?' }, 'gtid'),
          );
      }),
  },
  {
    code: 'REPLICA_AHEAD_OF_SOURCE',
    severity: 'critical',
    from: '2c row 3, measured: the source lost the end of its log and will give those numbers again',
    masks: [],
    when: (view) =>
      speaking(view).flatMap((server) =>
        (view.errants.get(server.node) ?? [])
          .filter((one) => one.kind === 'ahead')
          .map((one) =>
            hit(server, { from: one.sources.join(', '), got: one.text, attempts: one.count ?? '?' }, 'gtid'),
          ),
      ),
  },
  {
    code: 'HISTORIES_DIVERGED',
    severity: 'critical',
    from: 'T4: the same sequence number by two servers',
    masks: ['ERRANT_TRANSACTIONS'],
    when: (view) =>
      following(view).flatMap(({ server, channel, source }) => {
        if (server.dialect !== 'mariadb' || !source || channel.receiverError !== null) return [];
        const own = parseMariadbPosition(server.gtid.slavePos ?? '');
        const theirs = parseMariadbPosition(source.gtid.executed ?? '');
        if (!own.ok || !theirs.ok) return [];
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
    from: 'issue: time to catch up, with "never" when it does not',
    masks: ['LAGGING'],
    when: (view) =>
      lagging(view)
        .filter(({ lag }) => lag.catchUp === 'never' && lag.appliedPerSecond !== null)
        .map(({ server, lag }) =>
          hit(server, { seconds: `${lag.seconds ?? '?'}`, got: lag.waiting ?? '?' }, 'channels', 'gtid'),
        ),
  },
  {
    code: 'LAGGING',
    severity: 'warning',
    from: 'orchestrator: lag beyond ReasonableReplicationLag; 2c row 6',
    masks: [],
    when: (view) =>
      lagging(view).map(({ server, lag }) =>
        hit(server, { seconds: `${lag.seconds ?? '?'}`, got: lag.waiting ?? '?' }, 'channels', 'gtid'),
      ),
  },
  {
    code: 'LAG_UNKNOWN',
    severity: 'info',
    from: 'design, rule 9: NULL is unknown, never fine',
    masks: [],
    when: (view) =>
      view.members
        .filter(
          ({ server, lag }) =>
            server.state === 'answers' && lag !== null && lag.seconds === null && isReplicating(lag),
        )
        .map(({ server }) => hit(server, {}, 'channels')),
  },
  {
    code: 'DELAYED',
    severity: 'info',
    from: 'T14: a delayed replica is never a candidate',
    masks: ['LAGGING', 'NEVER_CATCHES_UP'],
    when: (view) =>
      each(
        following(view),
        ({ channel }) => (channel.delaySeconds === null ? null : channel.delaySeconds > 0),
        ({ server, channel }) => hit(server, { seconds: `${channel.delaySeconds}` }, 'channels'),
      ),
  },
];

type View = Parameters<ReplicationRule['when']>[0];
type Lag = NonNullable<View['members'][number]['lag']>;

const isReplicating = (lag: Lag) => lag.waiting !== null || lag.secondsBehind !== null;

function lagging(view: View) {
  return view.members.flatMap(({ server, lag }) =>
    server.state === 'answers' && lag !== null && lag.seconds !== null && lag.seconds > LAG_LIMIT_SECONDS
      ? [{ server, lag }]
      : [],
  );
}

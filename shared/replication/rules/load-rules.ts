import { type Case, each, headsIn, hit, type ReplicationRule, speaking, UNKNOWN } from './rule';

/** What weighs on a server now. */

const CONNECTIONS_SHARE = 0.9;

export const LOAD_RULES: readonly ReplicationRule[] = [
  {
    code: 'SEMI_SYNC_FALLEN_BACK',
    severity: 'critical',
    from: 'F25; measured: semi-sync fallen back lost 273 and 480 acknowledged rows',
    masks: ['SEMI_SYNC_TOO_FEW'],
    when: (view) =>
      headsIn(view).flatMap<Case>((server) => {
        const { enabled, active, unacknowledged } = server.semiSync.source;
        if (enabled === false) return [];
        if (enabled === null || active === null) return [UNKNOWN];
        return active ? [] : [hit(server, { got: unacknowledged ?? '?' }, 'status', 'variables')];
      }),
  },
  {
    code: 'SEMI_SYNC_TOO_FEW',
    severity: 'warning',
    from: 'orchestrator MasterWithTooFewSemiSyncReplicas',
    masks: [],
    when: (view) =>
      headsIn(view).flatMap<Case>((server) => {
        const { enabled, active, clients, needed } = server.semiSync.source;
        if (enabled === false || active === false) return [];
        if (enabled === null || active === null || clients === null || needed === null) return [UNKNOWN];
        return clients >= needed
          ? []
          : [hit(server, { got: `${clients}`, expected: `${needed}` }, 'status', 'variables')];
      }),
  },
  {
    code: 'SEMI_SYNC_AFTER_COMMIT',
    severity: 'info',
    from: 'T7: AFTER_COMMIT adds phantom reads',
    masks: [],
    when: (view) =>
      speaking(view).flatMap<Case>((server) => {
        const { enabled, waitPoint } = server.semiSync.source;
        if (enabled === false) return [];
        if (enabled === null || waitPoint === null) return [UNKNOWN];
        return waitPoint.toUpperCase() === 'AFTER_COMMIT' ? [hit(server, {}, 'variables')] : [];
      }),
  },
  {
    code: 'LONG_TRANSACTIONS',
    severity: 'info',
    from: 'F29; orchestrator #1380: nobody looks before read_only',
    masks: [],
    when: (view) =>
      speaking(view).flatMap<Case>((server) => {
        if (server.longTransactions === null) return [UNKNOWN];
        const { length } = server.longTransactions;
        return length === 0
          ? []
          : [hit(server, { attempts: `${length}`, got: server.longTransactions[0] ?? '?' }, 'transactions')];
      }),
  },
  {
    code: 'PREPARED_TRANSACTIONS',
    severity: 'warning',
    from: 'T17, F30: XA walks through the fence',
    masks: [],
    when: (view) =>
      speaking(view).flatMap<Case>((server) => {
        if (server.prepared === null) return [UNKNOWN];
        return server.prepared.length === 0
          ? []
          : [hit(server, { got: server.prepared.join(', ') }, 'prepared')];
      }),
  },
  {
    code: 'CONNECTIONS_FULL',
    severity: 'warning',
    from: 'F33: 1040',
    masks: [],
    when: (view) =>
      each(
        speaking(view),
        ({ connections: { now, max } }) =>
          now === null || max === null ? null : now >= CONNECTIONS_SHARE * max,
        (server) =>
          hit(
            server,
            { got: `${server.connections.now}`, expected: `${server.connections.max}` },
            'status',
            'variables',
          ),
      ),
  },
];

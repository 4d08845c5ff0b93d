import type { Decoded, FailoverLook, OldPrimary } from './model';

/** Nothing read of any log. */
export const decoded = (more: Partial<Decoded> = {}): Decoded => ({
  ...{ since: null, until: null, tables: [], tablesCut: false, rows: [], cut: false },
  ...{ untold: '0', torn: 0, salvage: null, salvageError: null, ...more },
});

/** db-a is gone, its host answers, db-b has received everything and db-c two less. */
export const aLook = (more: Partial<FailoverLook> = {}, old: Partial<OldPrimary> = {}): FailoverLook => ({
  ...{ id: 'look', takenAt: 1_000_000, cluster: 'data', title: 'Data' },
  old: {
    ...{ node: 'db-a', host: 'host-a', verdict: null, ssh: null, sql: null, answers: false, process: 'gone' },
    lastSeen: null,
    log: { state: 'read', files: ['binlog.000003'], bytes: 4096, whole: true, error: null },
    ...old,
  },
  ranked: ['db-b', 'db-c'].map((node, index) => ({
    ...{ node, received: `u:1-${50 - 2 * index}`, applied: 'u:1-48', toApply: `${2 - 2 * index}` },
    ...{ missing: `${2 * index}`, against: [], unchecked: [] },
  })),
  choice: { kind: 'chosen', node: 'db-b' },
  against: 'db-b',
  loss: { kind: 'exact', transactions: '3', gtids: 'u:51-53', ...decoded() },
  waiting: { downSince: 940_000, brings: 'start-it' },
  fences: [],
  seenByOthers: true,
  ...more,
});

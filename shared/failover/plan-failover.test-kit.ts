import type { AppError } from '../errors';
import type { ClusterActing } from '../estate/schema-access';
import { identityOf, inputOf, type Told } from '../switchover/switchover.test-kit';
import type { FailoverReadings } from './failover-scene';
import { fencesOf } from './fences';
import { aLook } from './look.test-kit';
import type { FailoverLook, OldPrimary } from './model';
import type { FailoverInput } from './plan-failover';

/** A failover at 3 a.m.: db-a is gone, its host answers, db-b takes over, db-c follows. What a test says overrides it. */
export interface FailoverTold extends Told {
  look?: Partial<FailoverLook>;
  old?: Partial<OldPrimary>;
  /** The host of the old primary does not answer. */
  cutOff?: boolean;
  mayStop?: boolean;
  awake?: readonly string[] | null;
}

const SET = '3e11fa47-71ca-11e1-9e33-c80aa9429561';
/** Twelve transactions that nobody received, in words of each dialect. */
const LOST = { mysql: `${SET}:1001-1012`, mariadb: '0-1-1001..1012' };

export const STONITH: NonNullable<ClusterActing['fence']>[number] = {
  ...{
    id: 'power',
    member: 'db-a',
    host: 'lb',
    run: ['power', 'off', 'db-a'],
    release: ['power', 'on', 'db-a'],
  },
  ...{ verify: ['power', 'state', 'db-a'], isolated: 'off', free: 'on' },
};

export function failoverInputOf(told: FailoverTold = {}): FailoverInput {
  const { dialect = 'mysql', cutOff = false, mayStop = true, awake = [] } = told;
  const { estate, cluster, readings, overrides, madeAt } = inputOf({
    ...told,
    servers: { ...told.servers, 'db-a': { state: 'silent', ...told.servers?.['db-a'] } },
  });
  const { 'db-a': _gone, ...members } = readings.members;
  const [stated] = estate.clusters;
  const look = aLook(
    { loss: { ...lossOf(dialect) }, ...told.look },
    {
      ...{ host: 'db-a', ssh: cutOff ? UNREACHED : null, process: cutOff ? 'unknown' : 'gone' },
      verdict: { node: 'db-a', verdict: 'dead', terms: [] },
      ...told.old,
    },
  );
  const fences = fencesOf({
    cluster: stated ?? {},
    ...{ old: look.old, service: 'db-a', mayStop: cutOff ? null : mayStop },
    reached: new Map([['lb', true]]),
  });
  const own: FailoverReadings = {
    ...readings,
    members,
    replicationLogins: readings.replicationLogins.filter(({ from }) => from !== 'db-a'),
    oldHost: cutOff ? null : { host: 'db-a', identity: identityOf('db-a'), sudoRefuses: [], errors: [] },
    logBase: '/var/lib/mysql/binlog',
    awake,
  };
  return {
    estate,
    replication: cluster,
    look: told.look?.fences ? look : { ...look, fences },
    readings: own,
    overrides,
    madeAt,
  };
}

const UNREACHED: AppError = {
  ...{ code: 'E_TCP_TIMEOUT', host: 'db-a', message: '', remedy: '', retryable: true },
  stage: 'tcp',
};

const lossOf = (dialect: 'mysql' | 'mariadb') => ({
  ...{ kind: 'exact' as const, transactions: '12', gtids: LOST[dialect], since: null, until: null },
  ...{ tables: [], tablesCut: false, rows: [], cut: false, untold: '0', torn: 0 },
  ...{ salvage: null, salvageError: null },
});

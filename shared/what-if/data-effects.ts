import type { Cluster, DataSet } from '../estate/schema';
import { type Derived, inputAt } from '../plan/ledger/derived';
import type { Spread } from '../units/spread';
import { PATHS } from './inputs';
import { type Out, outOf, placesOfService, type Scene, usableOf } from './scene';
import { type Copies, copiesOf } from './takeover';

/** What becomes of the data of a service that lost places. */
export type DataLoss =
  /** Emptied or cut off, and all of it is still there. */
  | { kind: 'nothing' }
  /** A copy acknowledged every write: no committed row is lost. */
  | { kind: 'no-committed'; copies: string[] }
  /** A copy lives and is as old as this: what is younger is lost if the lost one never comes back. */
  | { kind: 'younger-than'; age: Derived<Spread>; copies: string[]; of: 'rows' | 'files' }
  /** Nowhere else: all that was written since the last backup, if the lost one never comes back. */
  | { kind: 'since-backup'; backup: string | null }
  /** Kept in memory: gone, and filled anew. */
  | { kind: 'refilled' }
  /** Sessions: what stays after a restart depends on what keeps them. */
  | { kind: 'sessions'; keeps: 'nothing' | 'what-was-saved' | 'not-decided' }
  /** Part of the service that this what-if leaves out. */
  | { kind: 'left-out' };

export interface DataEffect {
  set: DataSet;
  how: Out;
  loss: DataLoss;
}

/** Every data set of which a place failed, is emptied or is left out. */
export const dataEffects = (scene: Scene): DataEffect[] =>
  scene.estate.dataSets.flatMap((set) => {
    const reasons = placesOfService(scene, set.service).flatMap(({ id }) => scene.out.get(id) ?? []);
    if (reasons.length === 0) return [];
    const how = reasons.includes('failed') ? 'failed' : reasons.includes('drained') ? 'drained' : 'removed';
    return [{ set, how, loss: lossOf(scene, set, how) }];
  });

function lossOf(scene: Scene, set: DataSet, how: Out): DataLoss {
  const whole = outOf(scene, set.service) !== undefined;
  if (set.store === 'cache') return whole ? { kind: 'refilled' } : { kind: 'nothing' };
  if (how === 'removed') return { kind: 'left-out' };
  if (how === 'drained') return { kind: 'nothing' };
  if (set.store === 'session')
    return whole ? { kind: 'sessions', keeps: keepsOf(scene, set) } : { kind: 'nothing' };
  const others = usableOf(scene, set.service).map(({ id }) => id);
  if (others.length > 0) {
    return {
      kind: 'younger-than',
      age: inputAt(scene.ledger, PATHS.copyAge(set.id)),
      copies: others,
      of: 'files',
    };
  }
  const service = scene.estate.services.find(({ id }) => id === set.service);
  const { cluster, copies: names } = service ? copiesOf(scene.estate, service) : NO_COPIES;
  const copies = names.flatMap((name) => usableOf(scene, name).map(({ id }) => id));
  if (copies.length > 0) {
    if (cluster && acknowledges(cluster)) return { kind: 'no-committed', copies };
    const of = set.store === 'database' ? 'rows' : 'files';
    const path = of === 'rows' && cluster ? PATHS.lag(cluster.id) : PATHS.copyAge(set.id);
    return { kind: 'younger-than', age: inputAt(scene.ledger, path), copies, of };
  }
  const backup = scene.estate.links.find(({ purpose, to }) => purpose === 'backup' && to === set.service);
  return { kind: 'since-backup', backup: backup?.from ?? null };
}

const NO_COPIES: Copies = { cluster: undefined, copies: [], isCopy: false };

/** Does another member hold a write before its client is told that it is committed? */
const acknowledges = ({ technology }: Cluster): boolean =>
  technology === 'mysql-semi-sync' || technology === 'group-replication' || technology === 'galera';

/** Memcached keeps nothing across a restart and cannot be backed up; Redis keeps what it wrote to its disk. */
function keepsOf(scene: Scene, { service }: DataSet): Extract<DataLoss, { kind: 'sessions' }>['keeps'] {
  const kind = scene.estate.services.find(({ id }) => id === service)?.kind;
  return kind === 'memcached' ? 'nothing' : kind === 'redis' ? 'what-was-saved' : 'not-decided';
}

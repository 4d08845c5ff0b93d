import type { Cluster } from '../estate/schema';
import { hookHosts } from '../switchover/traffic';
import type { FenceWay, OldPrimary, Waiting } from './model';

export interface FenceInput {
  readonly cluster: Pick<Cluster, 'acting'>;
  readonly old: Pick<OldPrimary, 'host' | 'ssh' | 'answers' | 'process'>;
  /** Service of the old primary. */
  readonly service: string;
  /** May the acting account stop the service there? null: could not be asked. */
  readonly mayStop: boolean | null;
  /** Hosts on which the estate's own commands and hooks are run: reached over SSH or not. */
  readonly reached: ReadonlyMap<string, boolean>;
}

/**
 * Every way there is to keep the old primary from taking writes, with what speaks against it now. Which of them exist says the
 * estate; the last one, a person at the machine, always does.
 */
export function fencesOf({ cluster, old, service, mayStop, reached }: FenceInput): FenceWay[] {
  const { host } = old;
  const way = (
    kind: FenceWay['kind'],
    id: string,
    on: string | null,
    can: FenceWay['can'],
    code: string,
  ): FenceWay => ({
    kind,
    id,
    host: on,
    can,
    because: { code, params: { host: on ?? '?' } },
  });
  const there = (on: string): [FenceWay['can'], string] => {
    const answer = reached.get(on);
    if (answer === undefined) return ['unknown', 'NOT_ASKED'];
    return answer ? ['can', 'HOST_REACHED'] : ['cannot', 'HOST_UNREACHED'];
  };
  const { fence = [], traffic = [] } = cluster.acting ?? {};
  return [
    old.answers
      ? way('read-only', '', host, 'can', 'ANSWERS')
      : old.process === 'gone'
        ? way('read-only', '', host, 'done', 'PROCESS_GONE')
        : way('read-only', '', host, 'cannot', 'NO_ANSWER'),
    old.ssh !== null
      ? way('stop-service', '', host, 'cannot', 'HOST_UNREACHED')
      : mayStop === null
        ? way('stop-service', '', host, 'unknown', 'RIGHTS_UNKNOWN')
        : mayStop
          ? way('stop-service', '', host, 'can', old.process === 'gone' ? 'KEEPS_IT_DOWN' : 'HOST_REACHED')
          : way('stop-service', '', host, 'cannot', 'NO_RIGHT'),
    ...fence
      .filter(({ member }) => member === service)
      .map((one) => way('command', one.id, one.host, ...there(one.host))),
    ...traffic.flatMap((hook) => hookHosts(hook).map((on) => way('traffic', hook.id, on, ...there(on)))),
    way('person', '', host, 'can', 'BY_HAND'),
  ];
}

/** What would come of waiting: what is lost now is not lost once the old primary is back with its disk. */
export function waitingOf(
  { answers, process, ssh }: Pick<OldPrimary, 'answers' | 'process' | 'ssh'>,
  downSince: number | null,
): Waiting {
  if (answers) return { downSince: null, brings: 'it-lives' };
  if (ssh !== null) return { downSince, brings: 'reach-it' };
  return { downSince, brings: process === 'gone' ? 'start-it' : process === 'runs' ? 'wake-it' : 'unknown' };
}

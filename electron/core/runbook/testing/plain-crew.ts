import type { Estate } from '@shared/estate/schema';
import type { RunPlan, Target } from '@shared/runbook/plan';
import { createDialer } from '../../net/dial';
import type { Ports } from '../../ports';
import { createSecretStore } from '../../secrets/secret-store';
import { createSqlSession, type SqlSession } from '../../sql/sql-session';
import type { Lease, Sessions } from '../../ssh/lease';
import { createSessions } from '../../ssh/sessions';
import type { Crew, Hands } from '../api';

/** Real connections of one console to the servers of a plan, without any check of who they are: that is crew.ts's. */
export interface PlainCrew extends Crew {
  sessions: Sessions;
  /** Everything is closed; nothing is said to the servers before. */
  dispose(): Promise<void>;
}

export function plainCrew(estate: Estate, estateDir: string, plan: RunPlan, ports: Ports): PlainCrew {
  const dialer = createDialer({ mode: 'loopback' }, ports);
  const secrets = createSecretStore({ estateDir, ports });
  const sessions = createSessions({ estate, estateDir, dialer, secrets, ports });
  const sql: SqlSession[] = [];

  const handsOf = ([target, { host, service }]: [string, Target]): [string, Hands] => {
    let held: Lease | null = null;
    const session = () => {
      if (service === null) return null;
      const common = { estate, estateDir, sessions, dialer, secrets, ports };
      const made = createSqlSession({ ...common, hostId: host, serviceId: service, account: 'act' });
      sql.push(made);
      return made;
    };
    const hands: Hands = {
      target,
      host,
      account: 'test',
      async lease(signal) {
        if (!held || held.lost.aborted)
          held = await sessions.acquire(host, { account: 'act', background: false, signal });
        return held;
      },
      main: session(),
      second: session(),
      sessionIds: async () => [],
    };
    return [target, hands];
  };
  const hands = new Map(Object.entries(plan.targets).map(handsOf));

  const close = async () => {
    await Promise.all(sql.map((session) => session.close()));
    await sessions.dispose({ drainMs: 200 });
  };
  return {
    sessions,
    hands(target) {
      const found = hands.get(target);
      if (!found) throw new Error(`no target ${target}`);
      return found;
    },
    open: async () => {},
    close,
    dispose: close,
  };
}

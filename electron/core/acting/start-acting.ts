import type { AppInfo } from '@shared/contract';
import { failoverJudges } from '@shared/failover/judges';
import { RECOUNT } from '@shared/failover/steps-recount';
import { rejoinJudges } from '@shared/rejoin/judges';
import type { ReplicationCluster } from '@shared/replication/model';
import { switchoverJudges } from '@shared/switchover/judges';
import type { Emitter } from '../emitter';
import { lookFailover } from '../failover/look-failover';
import { makeFailover } from '../failover/make-failover';
import { recountReading } from '../failover/recount';
import type { OpenEstate } from '../open-estate';
import type { Ports } from '../ports';
import { lookRejoin } from '../rejoin/look-rejoin';
import { makeRejoin } from '../rejoin/make-rejoin';
import { createRuns } from '../runbook/runs';
import { type Acting, createActing } from './acting';
import { estateApprovals } from './approvals';
import type { Surface } from './handlers';
import { hushing } from './hushing';
import { makeSwitchover } from './make-switchover';

export interface StartActingOptions {
  open: OpenEstate;
  ports: Ports;
  info: Pick<AppInfo, 'operator'>;
  events: Emitter;
  surface: Surface | undefined;
  clusters(): ReplicationCluster[];
}

/** Acting on an estate that was opened: disarmed, and without any connection yet. */
export function startActing(options: StartActingOptions): Acting {
  const { open, ports, events, surface } = options;
  const { estate, estateDir, sessions, secrets, dialer } = open;
  const who = options.info.operator;
  const runs = createRuns({
    estate,
    estateDir,
    dataDir: ports.paths.dataDir,
    sessions,
    secrets,
    dialer,
    ports,
    who,
    judges: {
      failover: { ...switchoverJudges, ...failoverJudges },
      rejoin: rejoinJudges,
      switchover: switchoverJudges,
    },
    desk: { failover: { [RECOUNT]: recountReading(sessions, ports.paths.dataDir) } },
  });
  const hush = hushing((ms) => open.watcher.hush(ms));
  const acting = createActing({
    estate,
    clock: ports.clock,
    journal: ports.journal,
    runs,
    approvals: estateApprovals({ estate, who, clock: ports.clock, runs }),
    make: (request, signal) => makeSwitchover(options, request, signal),
    lookRejoin: async (request, signal) => (await lookRejoin(options, request, signal)).look,
    makeRejoin: (request, signal) => makeRejoin(options, request, signal),
    lookFailover: (request, signal) => lookFailover(options, request, signal),
    makeFailover: (request, signal) => makeFailover(options, request, signal),
    onArm: (arm) => events.emit('arm.changed', arm),
    onRun(view) {
      hush(view);
      events.emit('run.changed', view);
    },
    onLever: () => {
      events.emit('lever.changed', acting.lever.view());
      surface?.tell();
    },
    onLeverTick: () => surface?.tell(),
  });
  return acting;
}

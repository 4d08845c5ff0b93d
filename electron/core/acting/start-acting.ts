import type { AppInfo } from '@shared/contract';
import type { ReplicationCluster } from '@shared/replication/model';
import { switchoverJudges } from '@shared/switchover/judges';
import type { Emitter } from '../emitter';
import { lookFailover } from '../failover/look-failover';
import type { OpenEstate } from '../open-estate';
import type { Ports } from '../ports';
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
    judges: { rejoin: switchoverJudges, switchover: switchoverJudges },
  });
  const hush = hushing((ms) => open.watcher.hush(ms));
  const acting = createActing({
    estate,
    clock: ports.clock,
    journal: ports.journal,
    runs,
    approvals: estateApprovals({ estate, who, clock: ports.clock, runs }),
    make: (request, signal) => makeSwitchover(options, request, signal),
    makeRejoin: (request, signal) => makeRejoin(options, request, signal),
    lookFailover: (request, signal) => lookFailover(options, request, signal),
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

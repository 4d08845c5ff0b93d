import { serviceControl } from '../estate/service-control';
import { said } from '../runbook/said';
import { bootChange } from '../switchover/boot';
import type { SwitchoverPlan } from '../switchover/plan-switchover';
import { reasonsOr, sideOf, targetOf } from './following-plan';
import { refuseQuarantine } from './refuse-quarantine';
import { isClosed } from './refuse-rejoin';
import type { RejoinGround } from './rejoin-ground';
import { hostTarget, type QuarantineScene, quarantineFacts, quarantinePlan } from './steps-quarantine';

/** It is kept closed at every start, its service stopped, and follows nobody. */
export function planQuarantine(ground: RejoinGround): SwitchoverPlan {
  const { estate, readings, madeAt } = ground;
  const reasons = refuseQuarantine(ground);
  const scene = reasons.length === 0 ? quarantineScene(ground) : null;
  const [next] = sideOf(ground, readings.to);
  const others = readings.others.flatMap((node) => sideOf(ground, node)).slice(0, 1);
  if (!scene || !next) return { ok: false, reasons: reasonsOr(ground, reasons) };
  const { old, control } = scene;
  const { node, member } = old;
  const { salvage } = ground.own?.read ?? {};
  return {
    ok: true,
    plan: {
      version: 1,
      procedure: 'rejoin',
      title: said('TITLE_QUARANTINE', { node }),
      estate: estate.estate,
      subject: readings.cluster,
      confirm: node,
      madeAt,
      targets: {
        // Its service is stopped in the end: whoever goes on, or takes it back, finds no SQL there.
        [node]: { ...targetOf(old), dispensable: true },
        [hostTarget(node)]: {
          host: member.host,
          service: null,
          identity: { ...member.identity, sql: null },
          session: [],
        },
        ...Object.fromEntries([next, ...others].map((side) => [side.node, targetOf(side)])),
      },
      keptOn: [next, ...others].map((side) => side.node),
      secrets: {},
      facts: quarantineFacts(scene),
      preconditions: [],
      steps: quarantinePlan(scene),
      overrides: [],
      blind: [],
      warnings: [
        ...(salvage ? [said('WARN_QUARANTINE_KEPT', { node, file: salvage.file })] : []),
        ...(isClosed(member) ? [] : [said('WARN_QUARANTINE_OPEN', { node })]),
        ...(scene.boot === null && bootsAsWas(ground) ? [said('WARN_REJOIN_AS_WAS', { node })] : []),
        said('WARN_QUARANTINE_ISLAND', {
          ...{ node, to: next.node },
          list: [control.enable, control.start].map((argv) => argv.join(' ')).join('; '),
        }),
      ],
      limitMs: null,
    },
  };
}

const clusterOf = ({ estate, readings }: RejoinGround) =>
  estate.clusters.find(({ id }) => id === readings.cluster);
const bootsAsWas = (ground: RejoinGround): boolean => clusterOf(ground)?.acting?.boot === 'as-was';

function quarantineScene(ground: RejoinGround): QuarantineScene | null {
  const [old] = sideOf(ground, ground.readings.from);
  const cluster = clusterOf(ground);
  if (!old || !cluster || ground.startsBy === null) return null;
  return {
    old,
    boot: bootsAsWas(ground) ? null : bootChange(old.node, old.member),
    control: serviceControl(cluster, old.member.service, old.member.dialect),
    startsBy: ground.startsBy,
  };
}

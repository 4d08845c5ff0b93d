import { said } from '../runbook/said';
import type { Overrides } from '../switchover/overridden';
import type { SwitchoverPlan } from '../switchover/plan-switchover';
import { followFacts, planOf, reasonsOr, sceneOf, warningsOf } from './following-plan';
import type { RejoinWay } from './model';
import { planFlashback } from './plan-flashback';
import { planQuarantine } from './plan-quarantine';
import { planRebuild } from './rebuild/plan-rebuild';
import { refuseAttach } from './refuse-rejoin';
import type { RejoinGround } from './rejoin-ground';
import { attachPlan } from './steps-rejoin';

/**
 * How an old primary comes back by this way, as data; or every reason against it that nobody overrode by typing what it asks
 * for. Pure. `from` of the readings is the old primary, `to` the present one.
 */
export function planRejoin(ground: RejoinGround, way: RejoinWay, overrides: Overrides = []): SwitchoverPlan {
  switch (way) {
    case 'attach':
      return planAttach(ground);
    case 'flashback':
      return planFlashback(ground);
    case 'rebuild':
      return planRebuild(ground, overrides);
    case 'quarantine':
      return planQuarantine(ground);
  }
}

/** As it is: only where it has nothing of its own. */
function planAttach(ground: RejoinGround): SwitchoverPlan {
  const reasons = refuseAttach(ground);
  const scene = reasons.length === 0 ? sceneOf(ground) : null;
  if (!scene) return { ok: false, reasons: reasonsOr(ground, reasons) };
  const { old, next } = scene;
  return {
    ok: true,
    plan: planOf(ground, scene, {
      title: said('TITLE', { node: old.node, to: next.node }),
      facts: followFacts(scene),
      steps: attachPlan(scene),
      warnings: warningsOf(scene),
    }),
  };
}

import { said } from '../runbook/said';
import type { SwitchoverPlan } from '../switchover/plan-switchover';
import { commonHistory } from './common-history';
import { keptFolder } from './flashback-script';
import { followFacts, planOf, reasonsOr, sceneOf, warningsOf } from './following-plan';
import { ownTransactions } from './own-transactions';
import { refuseFlashback } from './refuse-flashback';
import type { RejoinGround } from './rejoin-ground';
import { type FlashbackScene, flashbackFacts, flashbackPlan } from './steps-flashback';

const actingSecret = (node: string): string => `acting account of ${node}`;

/** What it holds alone is taken back, then it follows. MariaDB. */
export function planFlashback(ground: RejoinGround): SwitchoverPlan {
  const reasons = refuseFlashback(ground);
  const scene = reasons.length === 0 ? flashbackScene(ground) : null;
  if (!scene) return { ok: false, reasons: reasonsOr(ground, reasons) };
  const { old, next, count, lookId } = scene;
  const { node, member } = old;
  const own = ownTransactions(old.member, next.member);
  const gtids = own === null || own === 'unknown' ? '' : own.text;
  return {
    ok: true,
    plan: planOf(ground, scene, {
      // The consent is to exactly these: they are in the hash of the plan.
      title: said(count === '1' ? 'TITLE_FLASHBACK_ONE' : 'TITLE_FLASHBACK', {
        node,
        to: next.node,
        count,
        gtids,
      }),
      facts: [...followFacts(scene), ...flashbackFacts(scene)],
      steps: flashbackPlan(scene),
      warnings: [
        said('WARN_FLASHBACK_KEPT', {
          node,
          file: ground.own?.read?.salvage?.file ?? '?',
          folder: `~/${keptFolder(lookId)}`,
        }),
        said('WARN_FLASHBACK_LOGS', { node }),
        ...warningsOf(scene),
      ],
      secrets: { [actingSecret(node)]: { service: member.service, account: 'act' } },
    }),
  };
}

function flashbackScene(ground: RejoinGround): FlashbackScene | null {
  const { estate, lookId, own } = ground;
  const scene = sceneOf(ground);
  if (!scene || !own?.read || !own.log) return null;
  const { old, next } = scene;
  const common = commonHistory(old.member.binlogState ?? '', next.member.binlogState ?? '');
  const sql = estate.services.find(({ id }) => id === old.member.service)?.sql;
  if (typeof common === 'string' || !sql?.credentials.act) return null;
  const { told } = own.read;
  return {
    ...scene,
    lookId,
    files: own.log.files,
    common,
    tables: told.tables.map(({ schema, table }) => ({ schema, table })),
    count: `${told.transactions}`,
    actingUser: sql.credentials.act.user,
    actingSecret: actingSecret(old.node),
    address: sql.host ?? old.member.address,
    port: sql.port ?? old.member.port,
  };
}

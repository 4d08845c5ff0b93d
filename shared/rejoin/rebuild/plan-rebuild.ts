import type { RunPlan, Step } from '../../runbook/plan';
import { act, output, said, sql, wait } from '../../switchover/commands';
import { isMysql } from '../../switchover/member';
import { isOverridden, type Overrides, typedFor } from '../../switchover/overridden';
import type { SwitchoverPlan } from '../../switchover/plan-switchover';
import { historyStatement, holdsAll } from '../../switchover/positions';
import { replicationSecret } from '../../switchover/scene';
import { followFacts, planOf, reasonsOr, targetOf, warningsOf } from '../following-plan';
import type { RejoinGround } from '../rejoin-ground';
import { attachSteps, proofSteps } from '../steps-rejoin';
import { refuseRebuild, WITHOUT_COPY } from './refuse-rebuild';
import { actingSecret, type RebuildScene, rebuildSceneOf } from './scene';
import { mariadbFacts, mariadbSteps } from './steps-mariadb';
import { mysqlFacts, mysqlSteps } from './steps-mysql';

/**
 * The old primary's data is replaced by a copy of another's, and it follows; or every reason against it. Only what names an
 * override may be overridden, by typing it. Pure.
 */
export function planRebuild(ground: RejoinGround, overrides: Overrides): SwitchoverPlan {
  const all = refuseRebuild(ground);
  const reasons = all.filter((reason) => !isOverridden(reason, overrides));
  const given = all.filter((reason) => isOverridden(reason, overrides));
  const keeps = !given.some(({ override }) => override === WITHOUT_COPY);
  const scene = reasons.length === 0 ? rebuildSceneOf(ground, keeps) : null;
  if (!scene) return { ok: false, reasons: reasonsOr(ground, reasons) };
  const plan = planOf(ground, scene, {
    title: titleOf(scene),
    facts: [...followFacts(scene), ...(isMysql(scene.old.member) ? mysqlFacts : mariadbFacts)(scene)],
    steps: rebuildSteps(scene),
    warnings: [...ownWarnings(scene), ...warningsOf(scene)],
    secrets: secretsOf(scene),
  });
  const { donor } = scene;
  return {
    ok: true,
    plan: {
      ...plan,
      targets: { ...plan.targets, [donor.node]: targetOf(donor) },
      overrides: given.map(({ code }) => ({ code, typed: typedFor(code, overrides) ?? '' })),
    },
  };
}

const titleOf = ({ old, next, donor, own }: RebuildScene) =>
  own === null
    ? said('TITLE_REBUILD', { node: old.node, to: next.node, donor: donor.node })
    : said('TITLE_REBUILD_OWN', { node: old.node, to: next.node, donor: donor.node, gtids: own });

/** Copied, put in place, compared, attached, caught up, and proved by a restart. */
export function rebuildSteps(scene: RebuildScene): Step[] {
  const { old } = scene;
  const copied = isMysql(old.member) ? mysqlSteps(scene) : mariadbSteps(scene);
  const last = copied.at(-1)?.id ?? '';
  return [
    ...copied,
    ...aloneSteps(scene, last),
    ...attachSteps(scene, { needs: ['alone'], history: null, goesOn: 'position', numbers: ['8', '9', '10'] }),
    ...proofSteps(scene, [`confirm-${old.node}`], ['11', '12', '13']),
  ];
}

/** What it has now, the new primary must have: else the copy brought something along that nobody knows of. */
function aloneSteps({ old, next }: RebuildScene, last: string): Step[] {
  const { node, member } = old;
  const history = `history of ${node}`;
  return [
    act({
      id: 'read-history',
      number: '7',
      title: said('STEP_READ_HISTORY', { node }),
      target: node,
      needs: [last],
      nature: 'reads',
      ifItFails: 'stop',
      apply: [sql(node, historyStatement(member), [], { saves: [{ output: history, column: 'position' }] })],
    }),
    wait({
      id: 'alone',
      number: '7b',
      title: said('STEP_ALONE', { node, to: next.node }),
      target: next.node,
      needs: ['read-history'],
      until: holdsAll(
        'holds all',
        said('CHECK_HOLDS_ALL', { node, to: next.node }),
        next.node,
        next.member,
        output(history),
      ),
      everyMs: 250,
      limitMs: 60_000,
      ifItFails: 'stop',
    }),
  ];
}

function ownWarnings({ old, donor, because, keeps, places }: RebuildScene) {
  const { node, member } = old;
  const params = { node, donor: donor.node, folder: places.kept };
  return [
    said(because === 'replica' ? 'WARN_DONOR_REPLICA' : 'WARN_DONOR_PRIMARY', params),
    ...(isMysql(member) ? [said('WARN_CLONE_OPEN', params)] : []),
    ...(keeps || !isMysql(member) ? [said('WARN_KEPT', params)] : [said('WARN_UNKEPT', params)]),
  ];
}

const secretsOf = ({ old, donor }: RebuildScene): RunPlan['secrets'] =>
  isMysql(old.member)
    ? {
        [actingSecret(old.node)]: { service: old.member.service, account: 'act' },
        [replicationSecret(donor.node)]: { service: donor.member.service, account: 'replication' },
      }
    : {};

import type { Fact } from '../runbook/command';
import type { Step } from '../runbook/plan';
import { said } from '../runbook/said';
import { act, changes, check, fact, is, output, repeat, sql, text } from '../switchover/commands';
import { quoted } from '../switchover/member';
import { historyStatement, savePosition } from '../switchover/positions';
import { keys } from '../switchover/server-facts';
import type { CommonHistory } from './common-history';
import { BRANCH, dropLogs, keepLogs, keptFolder, keptSums, prepareBack, sumsOf } from './flashback-script';
import { logReachesBack } from './judges';
import type { OwnFile } from './own-log';
import { attachSteps, bootSteps, proofSteps, type RejoinScene, stillClosed } from './steps-rejoin';

/** What is needed to take rows back, besides what it takes to follow. */
export interface FlashbackScene extends RejoinScene {
  lookId: string;
  files: readonly OwnFile[];
  common: CommonHistory;
  tables: readonly { schema: string; table: string }[];
  /** How many transactions are taken back. */
  count: string;
  /** As whom rows are put back, by which secret of the plan, and where the server listens on its own host. */
  actingUser: string;
  actingSecret: string;
  address: string;
  port: number;
}

const keptKey = (node: string) => `${node}/kept logs`;
const branchKey = (node: string) => `${node}/prepared`;
const historyKey = (node: string) => `${node}/history`;

/** What the steps change besides what following changes. */
export function flashbackFacts({ old, lookId, files }: FlashbackScene): Fact[] {
  const { node, member } = old;
  const folder = `~/${keptFolder(lookId)}`;
  return [
    fact(keptKey(node), said('FACT_KEPT_LOGS', { node, folder }), keptSums(node, lookId, files), null, ''),
    fact(branchKey(node), said('FACT_PREPARED', { node }), sql(node, 'XA RECOVER'), 'data', ''),
    fact(
      historyKey(node),
      said('FACT_HISTORY', { node }),
      sql(node, historyStatement(member)),
      'position',
      member.binlogState ?? '',
    ),
  ];
}

/**
 * Saved, prepared, taken back, its history set to what both have, attached, compared table by table, and proved by a restart.
 * Nothing of its data changes before the branch is committed, and that is one statement: the point of no return.
 */
export function flashbackPlan(scene: FlashbackScene): Step[] {
  const { old, common } = scene;
  const before = bootSteps(scene);
  const back = backSteps(
    scene,
    before.map(({ id }) => id),
  );
  const attached = attachSteps(scene, {
    needs: ['position'],
    history: common.state,
    goesOn: 'position',
    numbers: ['7', '8', '9'],
  });
  const compared = compareSteps(scene);
  return [
    ...before,
    ...back,
    ...attached,
    ...compared,
    ...proofSteps(scene, [compared.at(-1)?.id ?? `confirm-${old.node}`], ['11', '12', '13']),
  ];
}

function backSteps(scene: FlashbackScene, needs: string[]): Step[] {
  const { old, next, lookId, files, common, count } = scene;
  const { node } = old;
  const params = { node, to: next.node, count };
  const after = { target: node, nature: 'hard', ifItFails: 'stop', confirms: true } as const;
  const precheck = () => [stillClosed(old)];
  return [
    act({
      id: 'keep',
      number: '3',
      title: said('STEP_KEEP_LOGS', { node, folder: `~/${keptFolder(lookId)}` }),
      target: node,
      track: 'files',
      needs,
      nature: 'reversible',
      confirms: true,
      changes: changes([keptKey(node), sumsOf(files)]),
      apply: [keepLogs(node, lookId, files)],
      undo: { apply: [dropLogs(node, lookId, files)], verify: [] },
    }),
    act({
      id: 'prepare',
      number: '4',
      title: said('STEP_PREPARE_BACK', params),
      target: node,
      needs: ['keep'],
      nature: 'reversible',
      confirms: true,
      relies: [keys.readOnly(node), keptKey(node), historyKey(node)],
      changes: changes([branchKey(node), BRANCH]),
      apply: [
        prepareBack({
          ...{ node, lookId, files, user: scene.actingUser, password: scene.actingSecret },
          ...{ address: scene.address, port: scene.port },
        }),
      ],
      undo: { apply: [sql(node, `XA ROLLBACK '${BRANCH}'`)], verify: [] },
    }),
    act({
      id: 'take-back',
      number: '5',
      title: said('STEP_TAKE_BACK', params),
      target: node,
      needs: ['prepare'],
      nature: 'point-of-no-return',
      confirms: true,
      relies: [keys.readOnly(node), keys.readOnly(next.node), keptKey(node), historyKey(node)],
      // What it could not go on from any more must be known while its rows are still there.
      precheck: [stillClosed(old), ...logReachesBack(next, text(common.state))],
      changes: changes([branchKey(node), '']),
      apply: [sql(node, `XA COMMIT '${BRANCH}'`)],
    }),
    // With gtid_strict_mode both settings are refused while the log has newer transactions (1947, 1956): so it begins anew.
    act({
      ...{ ...after, precheck: precheck(), id: 'forget', number: '6', needs: ['take-back'] },
      title: said('STEP_FORGET_LOGS', { node }),
      relies: [keys.readOnly(node), branchKey(node)],
      changes: changes([historyKey(node), '']),
      apply: [sql(node, 'RESET MASTER')],
    }),
    act({
      ...{ ...after, precheck: precheck(), id: 'history', number: '6b', needs: ['forget'] },
      title: said('STEP_SET_HISTORY', { node, position: common.position }),
      relies: [keys.readOnly(node)],
      changes: changes([historyKey(node), common.state]),
      // A second time it would be refused (1956): so it is alone in its step, and a doubt is settled by reading.
      apply: [sql(node, 'SET GLOBAL gtid_binlog_state = ?', [text(common.state)])],
    }),
    act({
      ...{ ...after, precheck: precheck(), id: 'position', number: '6c', needs: ['history'] },
      title: said('STEP_SET_POSITION', { node, position: common.position }),
      relies: [historyKey(node)],
      apply: [sql(node, 'SET GLOBAL gtid_slave_pos = ?', [text(common.position)])],
      verify: [
        check(
          'slave position',
          said('CHECK_SLAVE_POSITION', { node }),
          sql(node, 'SELECT @@GLOBAL.gtid_slave_pos AS position'),
          is('position', common.position),
        ),
      ],
    }),
  ];
}

/** A large table is read whole. */
const CHECKSUM_MS = 30 * 60_000;
const ROUNDS = 20;
const EVERY_MS = 1_000;
const WAIT_SECONDS = 5;

/**
 * Each table that its own transactions touched is the same on both servers at the same position. Nothing is locked for it: where
 * somebody wrote to the table between the readings, they differ, and are taken again.
 */
function compareSteps({ old, next, tables }: FlashbackScene): Step[] {
  return tables.map(({ schema, table }, index): Step => {
    const name = `${schema}.${table}`;
    const statement = `CHECKSUM TABLE ${quoted(schema)}.${quoted(table)}`;
    const [sum, position] = [`checksum ${index + 1}`, `position at checksum ${index + 1}`];
    return repeat({
      id: `compare-${index + 1}`,
      number: `10.${index + 1}`,
      title: said('STEP_COMPARE', { node: old.node, to: next.node, table: name }),
      target: old.node,
      // One after the other: each reads a whole table.
      needs: [index === 0 ? `confirm-${old.node}` : `compare-${index}`],
      nature: 'reads',
      ifItFails: 'stop',
      decides: 'check',
      ...{ inARow: 1, everyMs: EVERY_MS, maxRounds: ROUNDS },
      body: [
        savePosition(next.node, next.member, position),
        sql(next.node, statement, [], {
          timeoutMs: CHECKSUM_MS,
          saves: [{ output: sum, column: 'Checksum' }],
        }),
        // What it has not reached by then shows as a difference.
        sql(old.node, `SELECT MASTER_GTID_WAIT(?, ${WAIT_SECONDS})`, [output(position)], {
          timeoutMs: (WAIT_SECONDS + 5) * 1_000,
        }),
      ],
      until: check(
        'same rows',
        said('CHECK_SAME_ROWS', { node: old.node, to: next.node, table: name }),
        sql(old.node, statement, [], { timeoutMs: CHECKSUM_MS }),
        is('Checksum', output(sum)),
      ),
    });
  });
}

import type { DeskCommand, SqlCommand } from '../runbook/command';
import type { Step } from '../runbook/plan';
import { act, check, gate, is, output, said, sql, text } from '../switchover/commands';
import { channelStatus, isMysql } from '../switchover/member';
import { type Consented, consentedOf } from './consent';
import type { FailoverScene } from './failover-scene';
import { ISOLATED } from './steps-fence';

/**
 * What was consented to is held against what is lost now: nothing is received any more, so the old primary's logs are read
 * once more against all that the new one has. More, or less sure, than what was consented to is a person's to say.
 */

export const RECEIVED = 'received';
export const NO_MORE_LOST = 'no-more-lost';

/** Name of the console's own reading. */
export const RECOUNT = 'recount';
/** As long as the look's own reading of the logs may take. */
const RECOUNT_MS = 15 * 60_000;

/** Outputs of the step that reads what the new primary has. */
export const outputs = {
  received: (node: string) => `received of ${node}`,
  logged: (node: string) => `logged of ${node}`,
  applied: (node: string) => `applied of ${node}`,
};

export function stepsRecount(scene: FailoverScene): Step[] {
  const { to } = scene;
  const stop = stopReceiving(scene);
  return [
    ...stop,
    act({
      id: RECEIVED,
      number: '8',
      title: said('STEP_RECEIVED', { to: to.node }),
      target: to.node,
      needs: stop.length > 0 ? stop.map(({ id }) => id) : [ISOLATED],
      nature: 'reads',
      ifItFails: 'stop',
      apply: saveReceived(scene),
    }),
    lossGate(scene),
  ];
}

/** MySQL: nothing comes in any more, so what was received is the end of it. MariaDB's receiver is left alone: T1. */
function stopReceiving({ from, to, channel }: FailoverScene): Step[] {
  if (!isMysql(to.member) || !channel.receiverOn) return [];
  const params = { from: from.node, to: to.node };
  const thread = (verb: 'STOP' | 'START') =>
    sql(to.node, `${verb} REPLICA IO_THREAD FOR CHANNEL ?`, [text(channel.name)], { timeoutMs: 30_000 });
  const receiver = (id: string, value: 'on' | 'off') =>
    check(
      id,
      said('CHECK_RECEIVER', params),
      channelStatus(to.node, to.member, channel.name),
      is('receiver', value),
    );
  return [
    act({
      id: 'stop-receiving',
      number: '7',
      title: said('STEP_STOP_RECEIVING', params),
      target: to.node,
      needs: [ISOLATED],
      nature: 'reversible',
      ifItFails: 'stop',
      confirms: true,
      apply: [thread('STOP')],
      verify: [receiver('receiver off', 'off')],
      undo: { apply: [thread('START')], verify: [receiver('receiver on', 'on')] },
    }),
  ];
}

function saveReceived({ to, channel }: FailoverScene): SqlCommand[] {
  const { node, member } = to;
  return [...receivedCommands(node, member, channel.name), ...loggedCommands(node, member)];
}

/** Saves what a server has received, applied or not. */
export const receivedCommands = (
  node: string,
  member: FailoverScene['to']['member'],
  channel: string,
): SqlCommand[] =>
  isMysql(member)
    ? [
        sql(
          node,
          "SELECT REPLACE(RECEIVED_TRANSACTION_SET, CHAR(10 USING utf8mb4), '') AS received FROM performance_schema.replication_connection_status WHERE CHANNEL_NAME = ?",
          [text(channel)],
          { saves: [{ output: outputs.received(node), column: 'received' }] },
        ),
      ]
    : [
        sql(node, 'SHOW ALL SLAVES STATUS', [], {
          saves: [{ output: outputs.received(node), column: 'Gtid_IO_Pos' }],
        }),
      ];

/** What it has beside that; MySQL has no position of its applier apart from what is executed. */
const loggedCommands = (node: string, member: FailoverScene['to']['member']): SqlCommand[] => [
  sql(
    node,
    isMysql(member)
      ? "SELECT REPLACE(@@GLOBAL.gtid_executed, CHAR(10 USING utf8mb4), '') AS logged, '' AS applied"
      : 'SELECT @@GLOBAL.gtid_binlog_state AS logged, @@GLOBAL.gtid_slave_pos AS applied',
    [],
    {
      saves: [
        { output: outputs.logged(node), column: 'logged' },
        { output: outputs.applied(node), column: 'applied' },
      ],
    },
  ),
];

/** Without a statement nothing was consented to, and there is no such plan. */
export function consentIn({ look }: FailoverScene): Consented {
  return look.loss ? consentedOf(look.loss) : { kind: 'unknown', transactions: '', gtids: '' };
}

function lossGate(scene: FailoverScene): Step {
  const { from, to } = scene;
  const consented = consentIn(scene);
  const recount = check('loss', said('CHECK_LOSS', { from: from.node, to: to.node }), recountCommand(scene), {
    kind: 'judged',
    by: 'no-more-lost',
    params: {
      kind: text(consented.kind),
      transactions: text(consented.transactions),
      gtids: text(consented.gtids),
    },
  });
  return gate({
    id: NO_MORE_LOST,
    number: '9',
    title: said('STEP_NO_MORE_LOST', { from: from.node }),
    question: said('ASK_MORE_LOST', { from: from.node, to: to.node }),
    target: to.node,
    needs: [RECEIVED],
    readings: [],
    unless: [recount],
    typed: from.node,
    people: 1,
  });
}

/** Everything that the console's own reading goes by: nothing of it is known to that reading otherwise. */
function recountCommand({ look, from, to, oldTarget, logBase }: FailoverScene): DeskCommand {
  const seen = look.old.lastSeen;
  return {
    kind: 'desk',
    target: to.node,
    name: RECOUNT,
    params: {
      look: text(look.id),
      node: text(from.node),
      // '': nobody reaches it, so nobody tries.
      host: text(oldTarget === null ? '' : from.member.host),
      dialect: text(from.member.dialect),
      base: text(logBase),
      server: text(to.member.identity.sql?.serverId ?? ''),
      received: output(outputs.received(to.node)),
      logged: output(outputs.logged(to.node)),
      applied: output(outputs.applied(to.node)),
      seen: text(seen?.position ?? ''),
      seenState: text(seen?.state ?? ''),
      seenAt: text(seen ? `${seen.at}` : ''),
    },
    timeoutMs: RECOUNT_MS,
    saves: [],
  };
}

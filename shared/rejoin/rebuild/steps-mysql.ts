import type { Check, Fact } from '../../runbook/command';
import type { Step } from '../../runbook/plan';
import { act, changes, check, fact, is, said, secret, sql, ssh, text } from '../../switchover/commands';
import { positionStatement } from '../../switchover/positions';
import { replicationSecret } from '../../switchover/scene';
import { keys } from '../../switchover/server-facts';
import { bootSteps, stillClosed } from '../steps-rejoin';
import { placesFact, placesKey, rootCommands } from './places';
import { actingSecret, type RebuildScene } from './scene';
import { clientWords, cloneScript, keepScript, type Login } from './scripts';

/** MySQL: CLONE puts the donor's data in place of the old server's own, which is copied beside it first. */

/** A terabyte over a slow line. */
export const COPY_MS = 24 * 3_600_000;

const dataKey = (node: string): string => `${node}/data`;
const BEFORE = 'own';
const AFTER = 'copy';

/**
 * Whose data is it? Told by the server's own history, whatever became of the connection through which it was replaced: it has
 * all that the donor had when the plan was made, and nothing of what it held alone.
 */
export function mysqlFacts({ old: { node }, donor, own, places }: RebuildScene): Fact[] {
  const holds = 'GTID_SUBSET(?, @@GLOBAL.gtid_executed)';
  const lacks = own === null ? '' : ` AND NOT ${holds}`;
  const values = [text(donor.member.position ?? ''), ...(own === null ? [] : [text(own)])];
  const statement = `SELECT IF(${holds}${lacks}, '${AFTER}', '${BEFORE}') AS data`;
  return [
    fact(
      dataKey(node),
      said('FACT_DATA', { node, donor: donor.node }),
      sql(node, statement, values),
      'data',
      BEFORE,
    ),
    placesFact(node, places),
  ];
}

/** Up to where it is a server with the donor's data that follows nobody. */
export function mysqlSteps(scene: RebuildScene): Step[] {
  const before = [...bootSteps(scene), ...(scene.keeps ? [keepStep(scene)] : [])];
  return [
    ...before,
    cloneStep(
      scene,
      before.map(({ id }) => id),
    ),
    forgetStep(scene),
  ];
}

const loginOf = ({ member }: RebuildScene['old'], user: string): Login => ({
  host: member.address,
  port: member.port,
  user,
});

function keepStep(scene: RebuildScene): Step {
  const { old, places, actingUser, boot } = scene;
  const { node } = old;
  const root = rootCommands(places);
  const asRoot = { sudo: true };
  return act({
    id: 'keep',
    number: '3',
    title: said('STEP_KEEP_DATA', { node, folder: places.kept }),
    target: node,
    track: 'files',
    needs: boot && boot !== 'unknown' ? ['boot'] : [],
    nature: 'reversible',
    confirms: true,
    relies: [keys.readOnly(node)],
    changes: changes([placesKey(node), 'kept']),
    apply: [
      ssh(node, root.open, asRoot),
      ssh(node, root.give, asRoot),
      ssh(node, ['sh', '-c', keepScript(places), 'sh', ...clientWords(loginOf(old, actingUser))], {
        stdin: [secret(actingSecret(node)), '\n'],
        timeoutMs: COPY_MS,
      }),
    ],
    undo: {
      // As one that is being written first: half of it is never under the name of a whole one.
      apply: [
        ssh(node, ['sh', '-c', DROP, 'sh', places.kept, places.part]),
        ssh(node, root.dropPart, asRoot),
        ssh(node, root.leave, asRoot),
      ],
      verify: [],
    },
  });
}

const DROP = '[ ! -e "$1" ] || exec sudo -n -- mv -T "$1" "$2"';

function cloneStep(scene: RebuildScene, needs: string[]): Step {
  const { old, donor, actingUser, donorUser, service, keeps } = scene;
  const { node, member } = old;
  const words = clientWords(loginOf(old, actingUser), loginOf(donor, donorUser));
  return {
    ...act({
      id: 'clone',
      number: '4',
      title: said(keeps ? 'STEP_CLONE' : 'STEP_CLONE_UNKEPT', { node, donor: donor.node }),
      target: node,
      needs,
      nature: 'point-of-no-return',
      confirms: true,
      relies: [keys.readOnly(node)],
      precheck: [unmoved(old)],
      changes: changes([dataKey(node), AFTER]),
      apply: [
        ssh(node, ['sh', '-c', cloneScript(service), 'sh', ...words], {
          stdin: [secret(actingSecret(node)), '\n', secret(replicationSecret(donor.node)), '\n'],
          timeoutMs: COPY_MS,
        }),
      ],
      verify: [
        check(
          'cloned',
          said('CHECK_CLONED', { node }),
          sql(node, 'SELECT STATE AS state FROM performance_schema.clone_status'),
          is('state', 'Completed'),
        ),
        { ...stillClosed({ node, member }), id: 'closed again' },
      ],
    }),
    progress: {
      command: sql(
        node,
        'SELECT ROUND(SUM(DATA) / 1000000) AS done, ROUND(SUM(ESTIMATE) / 1000000) AS total FROM performance_schema.clone_progress',
      ),
      unit: 'MB',
      everyMs: 1_000,
    },
  };
}

/** What it holds alone was read and saved up to here: whatever it wrote since would be lost unseen. */
export const unmoved = ({ node, member }: RebuildScene['old']): Check =>
  check(
    'unmoved',
    said('CHECK_UNMOVED', { node }),
    sql(node, positionStatement(member)),
    is('position', member.position ?? ''),
  );

/** A copy of a replica brings the replica's channel along and begins to follow by itself (9.7): it follows by its own, later. */
function forgetStep({ old: { node }, donor }: RebuildScene): Step {
  return act({
    id: 'forget',
    number: '5',
    title: said('STEP_FORGET_DONOR', { node, donor: donor.node }),
    target: node,
    needs: ['clone'],
    nature: 'hard',
    ifItFails: 'stop',
    confirms: true,
    relies: [keys.readOnly(node)],
    apply: [sql(node, 'STOP REPLICA', [], { timeoutMs: 30_000 }), sql(node, 'RESET REPLICA ALL')],
    verify: [
      check(
        'follows nobody',
        said('CHECK_FOLLOWS_NOBODY', { node }),
        sql(
          node,
          'SELECT CHANNEL_NAME FROM performance_schema.replication_connection_configuration WHERE HOST <> ?',
          [text('')],
        ),
        { kind: 'no-rows' },
      ),
    ],
  });
}

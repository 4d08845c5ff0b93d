import type { Fact } from '../../runbook/command';
import type { Step } from '../../runbook/plan';
import { act, changes, check, is, output, said, sql, ssh } from '../../switchover/commands';
import { keys } from '../../switchover/server-facts';
import { bootSteps, stillClosed } from '../steps-rejoin';
import { placesFact, placesKey, positionFiles, rootCommands, SENDS } from './places';
import type { RebuildScene } from './scene';
import { positionScript, swapScript, takeScript } from './scripts';
import { COPY_MS, unmoved } from './steps-mysql';

/** MariaDB: mariadb-backup of the donor, streamed through this desk into a new folder, which then takes the place of the old. */

const POSITION = 'position of the copy';

export const mariadbFacts = ({ old: { node }, places }: RebuildScene): Fact[] => [placesFact(node, places)];

/** Up to where it is a server with the donor's data that follows nobody. */
export function mariadbSteps(scene: RebuildScene): Step[] {
  const before = bootSteps(scene);
  return [
    ...before,
    copyStep(
      scene,
      before.map(({ id }) => id),
    ),
    prepareStep(scene),
    swapStep(scene),
    historyStep(scene),
  ];
}

const asRoot = { sudo: true };
const long = { sudo: true, timeoutMs: COPY_MS };

/** The stream begins by throwing away what an earlier one left: it comes whole or not at all. */
function copyStep({ old, donor, places, dataBytes }: RebuildScene, needs: string[]): Step {
  const { node } = old;
  const root = rootCommands(places);
  return act({
    id: 'copy',
    number: '3',
    title: said('STEP_COPY', { node, donor: donor.node }),
    target: node,
    track: 'files',
    needs,
    nature: 'reversible',
    confirms: true,
    changes: changes([placesKey(node), 'received']),
    apply: [
      {
        ...ssh(node, ['sh', '-c', takeScript(places)], { timeoutMs: COPY_MS }),
        from: { target: donor.node, argv: [...SENDS], sudo: true, totalBytes: dataBytes },
      },
      ssh(node, root.whole, asRoot),
    ],
    undo: {
      apply: [root.dropPart, root.dropReceived, root.leave].map((argv) => ssh(node, argv, asRoot)),
      verify: [],
    },
  });
}

function prepareStep({ old: { node }, places }: RebuildScene): Step {
  const root = rootCommands(places);
  return act({
    id: 'prepare',
    number: '4',
    title: said('STEP_PREPARE_COPY', { node }),
    target: node,
    track: 'files',
    needs: ['copy'],
    nature: 'reversible',
    changes: changes([placesKey(node), 'ready']),
    apply: [
      ssh(node, root.prepare, long),
      ssh(node, root.own, asRoot),
      ssh(node, root.mode, asRoot),
      ssh(node, ['sync', '-f', places.base], { timeoutMs: COPY_MS }),
      ssh(node, root.finish, asRoot),
      {
        ...ssh(node, ['sh', '-c', positionScript(positionFiles(places))]),
        saves: [{ output: POSITION, column: null }],
      },
    ],
    undo: { apply: [ssh(node, root.unfinish, asRoot)], verify: [] },
  });
}

/** The server is down for as long as two renames take. What it held is where nobody deletes it. */
function swapStep({ old, donor, places, service }: RebuildScene): Step {
  const { node, member } = old;
  return act({
    id: 'swap',
    number: '5',
    title: said('STEP_SWAP', { node, donor: donor.node, folder: places.kept }),
    target: node,
    needs: ['prepare'],
    nature: 'point-of-no-return',
    confirms: true,
    relies: [keys.readOnly(node)],
    precheck: [unmoved(old)],
    changes: changes([placesKey(node), 'kept']),
    apply: [ssh(node, ['sh', '-c', swapScript(places, service)], { timeoutMs: COPY_MS })],
    verify: [{ ...stillClosed({ node, member }), id: 'closed again' }],
  });
}

/** From where it goes on: what the copy holds, and nothing of its own. */
function historyStep({ old: { node }, donor }: RebuildScene): Step {
  return act({
    id: 'history',
    number: '6',
    title: said('STEP_COPIED_HISTORY', { node, donor: donor.node }),
    target: node,
    needs: ['swap'],
    nature: 'hard',
    ifItFails: 'stop',
    confirms: true,
    relies: [keys.readOnly(node)],
    apply: [sql(node, 'SET GLOBAL gtid_slave_pos = ?', [output(POSITION)], { timeoutMs: 30_000 })],
    verify: [
      check(
        'goes on from',
        said('CHECK_GOES_ON', { node }),
        sql(node, 'SELECT @@GLOBAL.gtid_slave_pos AS position'),
        is('position', output(POSITION)),
      ),
    ],
  });
}

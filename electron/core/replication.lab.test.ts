import type { ReplicationCluster } from '@shared/replication/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lab } from '../../lab/api';
import { expectedOf, isHere } from '../../lab/replication/scenario';
import { SCENARIOS } from '../../lab/replication/scenarios';
import { buildPrograms, freshBase, removeBase, smallLab } from '../../lab/test-lab';
import { openConsole } from './testing/console';

const GATE_PORT = { mysql: 2432, mariadb: 2433 };

/**
 * Every state of replication that can be had here, one after the other on the same four servers. The console is
 * opened while all is well, as in life, and looks once when the servers themselves show what is wrong. What it
 * finds must be exactly what the catalogue says: nothing missing, nothing extra.
 */
describe.each(['mysql', 'mariadb'] as const)('replication as the console explains it, with %s', (engine) => {
  let base: string;
  let lab: Lab;
  beforeAll(async () => {
    base = await freshBase();
    const options = { estate: 'replication/tree', gatePort: GATE_PORT[engine], engine };
    lab = await smallLab(base, await buildPrograms(), options);
  });
  afterAll(async () => {
    await lab?.down({ purge: true });
    await removeBase(base);
  });

  it('has the engine that was asked for', () => expect(lab.engine).toBe(engine));

  it.each(SCENARIOS.filter((one) => isHere(expectedOf(one, engine))).map(({ name }) => ({ name })))(
    '$name',
    async ({ name }) => {
      let desk: Awaited<ReturnType<typeof openConsole>> | undefined;
      try {
        const bent = await lab.bend(name, async ({ estateFile }) => {
          desk = await openConsole(estateFile);
        });
        await desk?.look();
        const { clusters } = (await desk?.client.call('replication.get', undefined)) ?? { clusters: [] };
        expect(clusters.flatMap(found).sort()).toEqual(bent.expected.map(line).sort());
      } finally {
        await desk?.close();
      }
    },
  );
});

/** Each finding once, whichever server it stands with. */
function found({ findings, members }: ReplicationCluster): string[] {
  const all = [...findings, ...members.flatMap((member) => member.findings)];
  return [...new Set(all.map(line))];
}

const line = ({ code, nodes }: { code: string; nodes: readonly string[] }) =>
  `${code} ${[...nodes].sort().join(' ')}`;

import type { ReplicationCluster } from '@shared/replication/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lab } from '../../lab/api';
import { LabError } from '../../lab/engine/errors';
import { expectedOf, isHere, type Scenario, sharesALab } from '../../lab/replication/scenario';
import { SCENARIOS } from '../../lab/replication/scenarios';
import { buildPrograms, freshBase, removeBase, smallLab } from '../../lab/test-lab';
import { openConsole, type TestConsole } from './testing/console';

/** Of one state; the longest is a cluster whose members hand their data over one after the other. */
const AT_MOST_MS = 150_000;
const GATE_PORT = { mysql: 2432, mariadb: 2433, releases: 2530 };

type Engine = 'mysql' | 'mariadb';
const namesOf = (engine: Engine, fits: (scenario: Scenario) => boolean) =>
  SCENARIOS.filter((one) => fits(one) && isHere(expectedOf(one, engine))).map(({ name }) => ({ name }));

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

  it.each(namesOf(engine, sharesALab))('$name', ({ name }) => isExplained(lab, name), AT_MOST_MS);

  it('does not take a state of two releases for one of this lab', async () => {
    await expect(lab.bend('version-order')).rejects.toMatchObject({ code: 'E_SCENARIO' });
  });
});

/** The same on servers of two releases. The second one is of another Debian suite, which a mirror need not have. */
describe('replication between MariaDB 10.11 and 11.8', () => {
  let base: string;
  let lab: Lab | undefined;
  let notHad = '';
  beforeAll(async () => {
    base = await freshBase();
    const options = {
      estate: 'replication/mixed-versions',
      gatePort: GATE_PORT.releases,
      engine: 'mariadb',
    } as const;
    try {
      lab = await smallLab(base, await buildPrograms(), options);
    } catch (thrown) {
      if (!(thrown instanceof LabError) || thrown.code !== 'E_LAYER') throw thrown;
      notHad = thrown.message;
    }
  });
  afterAll(async () => {
    await lab?.down({ purge: true });
    await removeBase(base);
  });

  it.for(namesOf('mariadb', (one) => !sharesALab(one)))('$name', async ({ name }, { skip }) => {
    if (lab) await isExplained(lab, name);
    else skip(notHad);
  });
});

/** Bends the lab and expects of the console just the findings that the scenario commits. */
async function isExplained(lab: Lab, name: string): Promise<void> {
  let desk: TestConsole | undefined;
  try {
    const bent = await lab.bend(name, async ({ estateFile }) => {
      desk = await openConsole(estateFile);
    });
    await desk?.look();
    const { clusters } = (await desk?.client.call('replication.get', undefined)) ?? { clusters: [] };
    expect(clusters.flatMap(found).sort()).toEqual(bent.expected.map(line).sort());
    if (clusters.some(({ shape }) => shape === 'group')) await cannotBeSwitched(desk, clusters);
  } finally {
    await desk?.close();
  }
}

/** A group is never planned with as if it replicated asynchronously, towards whichever member. */
async function cannotBeSwitched(
  desk: TestConsole | undefined,
  clusters: readonly ReplicationCluster[],
): Promise<void> {
  await desk?.client.call('arm.set', { armed: true }); // nobody plans before
  for (const { id, members } of clusters)
    for (const { server, role } of members) {
      expect(role).toBe('group-member');
      const asked = { cluster: id, to: server.node, overrides: [] };
      const made = await desk?.client.call('switchover.plan', asked);
      expect(made).toMatchObject({ state: 'refused', reasons: [{ code: 'REFUSED_GROUP' }] });
    }
}

/** Each finding once, whichever server it stands with. */
function found({ findings, members }: ReplicationCluster): string[] {
  const all = [...findings, ...members.flatMap((member) => member.findings)];
  return [...new Set(all.map(line))];
}

const line = ({ code, nodes }: { code: string; nodes: readonly string[] }) =>
  `${code} ${[...nodes].sort().join(' ')}`;

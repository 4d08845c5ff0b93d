import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Estate } from '../estate/schema';
import { layoutOf } from '../topology/layout';
import { topologyOf } from '../topology/topology-of';
import { applyChanges } from './apply-changes';
import type { Change } from './change';
import { dataEffects } from './data-effects';
import { framesOf } from './frames';
import type { Scene } from './scene';
import { routingEffects } from './side-effects';
import { simulateOf } from './simulate-of';
import { ESTATES, estateNamed, fail, inScenario, readEstates, whatIfOf } from './what-if.test-kit';
import { workflowEffects } from './workflow-effects';

readEstates((name) => readFileSync(resolve(import.meta.dirname, `../../estates/${name}.yaml`), 'utf8'));

function sceneOf(estate: Estate, changes: readonly Change[]): Scene {
  const applied = applyChanges(estate, [], null, changes);
  if (!applied.ok) throw new Error(applied.error.map(({ message }) => message).join('\n'));
  return applied.value;
}

const STEP = { works: 0, waits: 1, skipped: 1, postponed: 2, fails: 3, 'not-reached': 3 } as const;
const LOSS = {
  nothing: 0,
  'left-out': 0,
  refilled: 1,
  sessions: 1,
  'no-committed': 1,
  'younger-than': 2,
  'since-backup': 3,
} as const;

/** How bad each thing is, by name. */
function harm(scene: Scene): Map<string, number> {
  return new Map([
    ...workflowEffects(scene).flatMap(({ workflow, steps }) =>
      steps.map(({ step, effect }): [string, number] => [`${workflow.id} ${step.n}`, STEP[effect.kind]]),
    ),
    ...routingEffects(scene).map(({ rule }): [string, number] => [`rule ${rule.id}`, 1]),
    ...dataEffects(scene).map(({ set, loss }): [string, number] => [`data ${set.id}`, LOSS[loss.kind]]),
  ]);
}

describe.each(ESTATES)('%s', (name) => {
  const estate = estateNamed(name);
  const nodes = [...estate.services, ...estate.hosts].map(({ id }) => id);

  it('failing more never breaks less', () => {
    const alone = new Map(nodes.map((node) => [node, harm(sceneOf(estate, [fail(node)]))]));
    let worse = 0;
    for (const first of nodes)
      for (const second of nodes) {
        const both = harm(sceneOf(estate, [fail(first), fail(second)]));
        for (const [what, before] of alone.get(first) ?? []) {
          const after = both.get(what) ?? 0;
          expect(after, `${first} + ${second}: ${what}`).toBeGreaterThanOrEqual(before);
          if (after > before) worse += 1;
        }
      }
    expect(worse).toBeGreaterThan(0);
  });

  it('emptying loses nothing, where failing may', () => {
    for (const node of nodes) {
      const losses = dataEffects(sceneOf(estate, [{ kind: 'drain', node }]));
      for (const { set, loss } of losses)
        expect(set.store === 'cache' ? 'nothing' : loss.kind, `${node}: ${set.id}`).toBe('nothing');
    }
    const failed = nodes.flatMap((node) => dataEffects(sceneOf(estate, [fail(node)])));
    expect(failed.some(({ loss }) => loss.kind !== 'nothing')).toBe(estate.dataSets.length > 0);
  });

  it('taking a change back gives what was before, and asking changes nothing', () => {
    const frozen = JSON.stringify(estate);
    const before = whatIfOf(name, [fail(nodes[0] ?? '')]);
    whatIfOf(name, [fail(nodes[0] ?? ''), fail(nodes[1] ?? ''), { kind: 'load', times: 3 }]);
    expect(whatIfOf(name, [fail(nodes[0] ?? '')])).toEqual(before);
    expect(JSON.stringify(estate)).toBe(frozen);
  });

  it('nothing moves: the picture is the live one', () => {
    const live = topologyOf(estate, { estate: name, takenAt: 0, periodMs: 10_000, hosts: {} });
    const { overlay } = whatIfOf(name, [fail(nodes[0] ?? '')]);
    expect(layoutOf(overlay.topology)).toEqual(layoutOf(live));
    expect(Object.keys(overlay.nodes)).toEqual(live.nodes.map(({ id }) => id));
  });
});

describe('the scrubber', () => {
  const scenarios = ESTATES.flatMap((name) =>
    estateNamed(name).scenarios.map(({ id }) => [name, id] as const),
  );
  it.each(scenarios)('of %s goes to %s', (name, id) => {
    const made = framesOf(estateNamed(name), null, id, 'en');
    if (!made.ok) throw new Error(made.error[0]?.message);
    const { topology, frames } = made.value;
    expect(frames[0]?.id).toBe('as-is');
    expect(frames.at(-1)?.id).toBe('to-be');
    for (const frame of frames)
      expect(Object.keys(frame.nodes)).toEqual(topology.nodes.map((node) => node.id));
  });
  it('of Patronus builds, copies, promotes, switches, and then what was there is gone', () => {
    const made = framesOf(estateNamed('patronus'), null, 'balanced-pair', 'en');
    if (!made.ok) throw new Error(made.error[0]?.message);
    const { frames } = made.value;
    const at = (id: string) => frames.find((frame) => frame.id === id)?.nodes;
    expect(at('as-is')).toMatchObject({ 'db@db': 'works', 'db@db-1': 'absent', 'db-replica': 'absent' });
    expect(at('build')).toMatchObject({ 'db@db': 'works', 'db@db-1': 'idle', 'web@web-1': 'idle' });
    expect(at('load-db')).toMatchObject({ 'db@db-1': 'copies', 'files@files-1': 'idle' });
    expect(at('promote-db')).toMatchObject({
      'db@db': 'read-only',
      'db@db-1': 'writable',
      'db-replica': 'copies',
    });
    expect(at('open')).toMatchObject({ 'web@web': 'forwards', 'web@web-1': 'works' });
    expect(at('to-be')).toMatchObject({ 'db@db': 'absent', 'web@web': 'absent', 'db@db-1': 'writable' });
    // Of two databases never both can be written to.
    for (const { nodes } of frames)
      expect([nodes['db@db'] === 'works', nodes['db@db-1'] === 'writable']).not.toEqual([true, true]);
  });
});

describe('what cannot be meant is named where it was entered', () => {
  const estate = estateNamed('patronus');
  const set = (path: string, value: number, unit: string): Change => ({ kind: 'set', path, value, unit });
  it.each<[Change[], string, string]>([
    [[fail('wbe')], 'E_WHATIF_NAME', 'Did you mean web?'],
    [[{ kind: 'drain', node: 'nobody' }], 'E_WHATIF_NAME', 'There are: '],
    [[{ kind: 'cut', link: 'webdb' }], 'E_WHATIF_NAME', 'Did you mean web-db?'],
    [[{ kind: 'remove', service: 'cache' }], 'E_WHATIF_NAME', 'There are: web, db, files.'],
    [[{ kind: 'remove', service: 'db' }, fail('db')], 'E_WHATIF_NAME', ''],
    [[inScenario('minimal-replika')], 'E_WHATIF_NAME', 'Did you mean minimal-replica?'],
    [[inScenario('minimal-replica'), inScenario('target-site')], 'E_WHATIF_TWICE', 'Name one'],
    [[set('dataSets/files/siz', 2, 'TB')], 'E_WHATIF_NAME', 'Did you mean dataSets/files/size?'],
    [[set('dataSets/files/size', 2, 'Gbit/s')], 'E_WHATIF_VALUE', '1 GB'],
    [[set('dataSets/files/size', -2, 'TB')], 'E_WHATIF_VALUE', '1 GB'],
    [[set('dataSets/files/size', 2, 'furlong')], 'E_WHATIF_VALUE', '1 GB'],
    [[set('dataSets/files/size', 1e30, 'TB')], 'E_WHATIF_VALUE', '1 GB'],
    [[set('dataSets/files/size', Number.NaN, 'TB')], 'E_WHATIF_VALUE', '1 GB'],
    [[{ kind: 'load', times: 0 }], 'E_WHATIF_VALUE', ''],
    [[{ kind: 'load', times: -1 }], 'E_WHATIF_VALUE', ''],
    [[{ kind: 'load', times: Number.POSITIVE_INFINITY }], 'E_WHATIF_VALUE', ''],
    [[fail('__proto__')], 'E_WHATIF_NAME', ''],
  ])('%j', (changes, code, remedy) => {
    const made = simulateOf(estate, [], null, changes);
    expect(made).toMatchObject({ ok: false, error: [{ code, remedy: expect.stringContaining(remedy) }] });
  });
  it('every mistake at once, each with the words that were entered', () => {
    const made = simulateOf(estate, [], null, [fail('wbe'), fail('web'), { kind: 'cut', link: 'x' }]);
    expect(made.ok ? [] : made.error.map(({ params }) => params?.what)).toEqual(['--fail wbe', '--cut x']);
  });
});

import { describe, expect, it } from 'vitest';
import { failure } from '../net/failure';
import { haveMariadb } from '../sql/testing/mariadb';
import { haveSshd } from '../ssh/testing/sshd';
import type { DeskReadings } from './desk';
import { codeOf, gate, LONG, onStage, states } from './testing/on-stage';
import { factIs, planOf, setting } from './testing/plans';
import { openDesk } from './testing/run-stage';

describe.skipIf(!haveSshd() || !haveMariadb())('a gate', { timeout: LONG }, () => {
  const on = onStage();
  const gated = (more: object) =>
    planOf(on.stage, [
      gate([], { id: 'ask', number: 'ask', ...more }),
      setting('1', 'a/one', { needs: ['ask'] }),
    ]);

  it('is passed by one of its checks where one is enough, and asks when none holds', async () => {
    const [holds, not] = [factIs('holds', 'b/one', '0'), factIs('not', 'b/two', '7')];
    const any = await on.whole(gated({ unless: [not, holds], suffices: 'any' }));
    expect([any.status, any.steps.ask?.by]).toEqual(['done', 'checks']);
    await on.stage.reset();
    for (const unless of [[not], []]) {
      const id = await on.pull(gated({ unless, suffices: 'any' }));
      await on.becomes(id, 'waiting');
      await on.desk.runs.handOver(id);
    }
    // All of them, where nothing else is said.
    const id = await on.pull(gated({ unless: [not, holds] }));
    await on.becomes(id, 'waiting');
  });

  it('that wants something typed is passed by nothing else', async () => {
    const id = await on.pull(gated({ typed: 'db-a' }));
    await on.becomes(id, 'waiting');
    for (const typed of [undefined, '', 'db-b'])
      expect(await codeOf(on.desk.runs.decide(id, 'ask', 'go', typed))).toBe('E_RUN_NAME');
    expect(states((await on.desk.runs.view(id)).state)).toBe('1 pending, ask waiting');
    await on.desk.runs.decide(id, 'ask', 'go', ' DB-A');
    expect(states(await on.desk.runs.ended(id))).toBe('1 done, ask done');
  });

  it('may ask the console itself, which is given what the plan says and nothing else', async () => {
    const asked: unknown[] = [];
    const readings: DeskReadings = {
      count: async (params) => {
        asked.push(params);
        return { rows: [{ count: '3' }], stdout: '', exit: null };
      },
      fails: () => Promise.reject(failure('E_NO_OUTPUT', null, { name: 'x', what: 'y' })),
    };
    const reading = (name: string) => ({
      id: 'count',
      title: { code: 'COUNT', params: {} },
      command: {
        kind: 'desk',
        target: 'a',
        name,
        params: { of: { kind: 'text', value: 'x' } },
        timeoutMs: 1_000,
        saves: [],
      },
      expect: { kind: 'at-most', column: 'count', value: '3' },
    });
    await on.desk.close();
    on.desk = openDesk(on.stage.estate, on.stage.home.dir, on.folder(), { desk: readings });
    const state = await on.whole(gated({ unless: [reading('count')] }));
    expect([state.status, state.steps.ask?.evidence]).toEqual(['done', { count: '3' }]);
    expect(asked).toEqual([{ of: 'x' }]);
    await on.stage.reset();
    for (const name of ['fails', 'unheard-of']) {
      const id = await on.pull(gated({ unless: [reading(name)] }));
      await on.becomes(id, 'waiting');
      await on.desk.runs.handOver(id);
    }
  });

  it('and the rest of a plan go on without a host that may be gone', async () => {
    const plan = planOf(on.stage, [setting('1', 'a/one'), setting('2', 'b/one', { ifItFails: 'go-on' })]);
    const gone = (dispensable: boolean) => ({
      ...plan,
      keptOn: ['a'],
      facts: plan.facts.filter(({ key }) => key.startsWith('a/')),
      steps: plan.steps.slice(0, 1),
      targets: {
        ...plan.targets,
        b: {
          ...Object.values(plan.targets)[1],
          // Nobody is known by that key: it is as good as unreachable.
          identity: { ...on.stage.identities.b, hostKey: 'ssh-ed25519 SHA256:other' },
          ...(dispensable ? { dispensable: true } : {}),
        },
      },
    });
    expect(await codeOf(on.pull(gone(false) as typeof plan))).toBe('E_WRONG_TARGET');
    expect((await on.whole(gone(true) as typeof plan)).status).toBe('done');
  });
});

import type { Check, SshCommand } from '../runbook/command';
import type { Step } from '../runbook/plan';
import { shellWord } from '../shell-word';
import { act, check, gate, is, repeat, said, ssh, text } from '../switchover/commands';
import { bootSteps, LETTERS } from '../switchover/steps-before';
import type { FailoverScene } from './failover-scene';
import { sidesOf } from './failover-scene';
import { KEPT_DOWN } from './judges';
import { PROCESSES } from './processes';

/**
 * The old primary is kept from taking writes by every way there is, side by side. One that fails is named and holds up
 * nobody; none is ever taken back by the console itself, because a server that was given up does not come back by
 * accident. Then somebody, a reading or a person, has to say that it is isolated: nothing is promoted before.
 */

/** A service that shuts down in good order flushes first; one that is frozen is killed by its manager after its own limit. */
const SERVICE_MS = 120_000;
const READ_MS = 10_000;

export const ISOLATED = 'isolated';

export function stepsFence(scene: FailoverScene): Step[] {
  const ways = [...serviceFences(scene), ...commandFences(scene), ...takeOuts(scene)];
  const boot = bootSteps(scene.acting, sidesOf(scene)).map((step): Step => ({ ...step, ifItFails: 'go-on' }));
  const all = [...ways, ...boot].map((step) => ({ ...step, needs: [] }));
  return [
    ...all,
    isolationGate(
      scene,
      all.map(({ id }) => id),
    ),
  ];
}

const goesOn = { nature: 'hard', ifItFails: 'go-on' } as const;

/** Down, and kept down: side by side, so that one which is not allowed does not keep the other from being done. */
function serviceFences({ from, oldTarget, control, look }: FailoverScene): Step[] {
  const way = look.fences.find(({ kind }) => kind === 'stop-service');
  if (oldTarget === null || way === undefined || way.can === 'cannot') return [];
  const params = { from: from.node };
  const common = { ...goesOn, target: oldTarget, track: 'database', confirms: true };
  return [
    // What has just ended is seen for a moment still.
    repeat({
      ...common,
      id: 'fence-stop',
      number: '1a',
      title: said('STEP_FENCE_STOP', params),
      body: [ssh(oldTarget, control.stop, { timeoutMs: SERVICE_MS })],
      until: nobodyRuns(oldTarget, from.node, control, 'now'),
      inARow: 1,
      everyMs: 100,
      maxRounds: 100,
      decides: 'check',
    }),
    act({
      ...common,
      id: 'fence-disable',
      number: '1b',
      title: said('STEP_FENCE_DISABLE', params),
      apply: [ssh(oldTarget, control.disable, { timeoutMs: READ_MS })],
      verify: [
        check('boot', said('CHECK_BOOT', params), ssh(oldTarget, control.boot, { timeoutMs: READ_MS }), {
          kind: 'one-of',
          column: null,
          values: [...KEPT_DOWN],
        }),
      ],
    }),
  ];
}

function commandFences({ from, fences }: FailoverScene): Step[] {
  return fences.map((fence, index) =>
    act({
      ...goesOn,
      id: `fence-${fence.id}`,
      number: `2${suffix(fences, index)}`,
      title: said('STEP_FENCE_COMMAND', { from: from.node, fence: fence.id, host: fence.target }),
      target: fence.target,
      track: 'fence',
      confirms: true,
      apply: [ssh(fence.target, fence.run)],
      verify: [cutOff(fence, from.node)],
    }),
  );
}

/** Where clients are led: this alone is taken back when somebody gives the failover up. */
function takeOuts({ from, hooks }: FailoverScene): Step[] {
  const able = hooks.flatMap(({ takeOut, ...hook }) => (takeOut ? [{ ...hook, takeOut }] : []));
  return able.map(({ id, target, takeOut }, index) =>
    act({
      id: `take-out-${id}`,
      number: `3${suffix(able, index)}`,
      title: said('STEP_TAKE_OUT', { host: target, from: from.node }),
      target,
      track: 'traffic',
      nature: 'reversible',
      ifItFails: 'go-on',
      apply: takeOut.apply,
      verify: [takeOut.verify],
      undo: { apply: takeOut.undo, verify: [takeOut.undone] },
    }),
  );
}

const suffix = (list: readonly unknown[], index: number): string =>
  list.length === 1 ? '' : (LETTERS[index] ?? `${index}`);

/** No gate is asked where one way proves that nobody can write there any more. */
function isolationGate(scene: FailoverScene, needs: string[]): Step {
  const { from, fences, oldTarget, control } = scene;
  const proofs: Check[] = [
    ...(oldTarget === null ? [] : [nobodyRuns(oldTarget, from.node, control, 'for-good')]),
    ...fences.map((fence) => cutOff(fence, from.node)),
  ];
  return gate({
    id: ISOLATED,
    number: '5',
    title: said('STEP_ISOLATED', { from: from.node }),
    question: said('ASK_ISOLATED', { from: from.node, to: scene.to.node }),
    target: null,
    needs,
    readings: [],
    unless: proofs,
    suffices: 'any',
    typed: from.node,
    people: 1,
  });
}

/** `for-good`: a start of its host starts none either. */
const nobodyRuns = (
  target: string,
  node: string,
  control: FailoverScene['control'],
  until: 'now' | 'for-good',
): Check =>
  check('nobody runs', said('CHECK_NOBODY_RUNS', { from: node }), isolationCommand(target, control), {
    kind: 'judged',
    by: 'nobody-runs',
    params: { until: text(until) },
  });

const cutOff = (fence: FailoverScene['fences'][number], node: string): Check =>
  check(
    `cut off by ${fence.id}`,
    said('CHECK_CUT_OFF', { from: node, fence: fence.id, host: fence.target }),
    ssh(fence.target, fence.verify, { timeoutMs: READ_MS }),
    is(null, fence.isolated),
  );

/** Processes, then the manager's two words, in one exchange: what is read a moment apart may belong to two states. */
const isolationCommand = (target: string, { state, boot }: FailoverScene['control']): SshCommand => {
  const line = (argv: readonly string[]) => argv.map(shellWord).join(' ');
  const script = `( ${PROCESSES} ) || exit 3; echo "state $(${line(state)})"; echo "boot $(${line(boot)})"`;
  return ssh(target, ['sh', '-c', script], { timeoutMs: READ_MS });
};

import { Log, planOf, step } from '@shared/runbook/plan.test-kit';
import { runStateOf } from '@shared/runbook/state';
import type { RunView } from '@shared/runbook/state-model';
import { expect, it } from 'vitest';
import { hushing } from './hushing';

const plan = planOf([
  step({ id: 'before' }),
  step({ id: 'group', kind: 'group', needs: ['before'], unbroken: true }),
  step({ id: 'freeze', group: 'group' }),
  step({ id: 'open', group: 'group', needs: ['freeze'] }),
]);
const view = (log: Log, here = true): RunView =>
  ({ plan, state: runStateOf(plan, log.events), here }) as RunView;

it('is quiet while a part that must not be broken off is under way, and no longer', () => {
  const told: number[] = [];
  const note = hushing((ms) => told.push(ms));
  const log = new Log().opened().decided('start').intent('before').outcome('before', 'done');
  note(view(log));
  expect(told).toEqual([]);
  log.intent('freeze');
  note(view(log));
  note(view(log));
  expect(told).toEqual([5_000]);
  log.outcome('freeze', 'done').intent('open').outcome('open', 'done');
  note(view(log));
  expect(told).toEqual([5_000, 0]);
});

it('another desk’s run hushes nothing here', () => {
  const told: number[] = [];
  hushing((ms) => told.push(ms))(view(new Log().opened().decided('start').intent('freeze'), false));
  expect(told).toEqual([]);
});

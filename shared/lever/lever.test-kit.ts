import { RunPlan } from '../runbook/plan';
import type { Reading, RunView, StepState } from '../runbook/state-model';
import type { OpenLever } from './open-lever';

/** A plan of two steps and a gate, as small as a plan can be that says something. */
export const smallPlan: RunPlan = RunPlan.parse({
  version: 1,
  procedure: 'test',
  title: { code: 'TITLE', params: { node: 'db-a' } },
  estate: 'test',
  subject: 'sql',
  confirm: 'db-a',
  madeAt: 1,
  targets: {},
  keptOn: ['db-a'],
  secrets: {},
  facts: [],
  steps: ['7', '8'].map((number) => ({
    kind: 'gate',
    id: `gate-${number}`,
    number,
    title: { code: 'GATE' },
    target: null,
    track: 'database',
    nature: 'reads',
    question: { code: 'GO' },
    readings: [],
    people: 1,
  })),
});

export const readingAt = (at: number, more: Partial<Reading> = {}): Reading => ({
  id: 'db-a/read_only',
  title: { code: 'READ_ONLY', params: {} },
  target: 'db-a',
  value: '0',
  mustBe: '0',
  holds: true,
  at,
  error: null,
  ...more,
});

const pending: StepState = {
  state: 'pending',
  phase: null,
  attempt: 0,
  startedAt: null,
  endedAt: null,
  durationMs: null,
  error: null,
  evidence: {},
  by: null,
  passedOver: false,
};

/** A run of that plan, begun by ann at desk-1. */
export const runOf = (
  status: RunView['state']['status'],
  steps: Record<string, Partial<StepState>> = {},
  more: Partial<RunView> = {},
): RunView => ({
  plan: smallPlan,
  state: {
    id: 'run-1',
    procedure: 'test',
    estate: 'test',
    subject: 'sql',
    plan: 'hash',
    fingerprint: 'f',
    openedAt: 1,
    closedAt: null,
    by: 'ann@desk-1',
    status,
    steps: Object.fromEntries(Object.entries(steps).map(([id, step]) => [id, { ...pending, ...step }])),
    outputs: {},
    pastNoReturn: false,
    undoStack: ['gate-8', 'gate-7'],
  },
  here: false,
  elsewhere: null,
  ways: ['resume', 'undo', 'hand-over'],
  sent: [],
  progress: {},
  readings: {},
  throttles: {},
  ...more,
});

/** A lever on the start of that plan which would act. */
export const openLever = (now: number, more: Partial<OpenLever> = {}): OpenLever => ({
  request: { act: 'start', plan: 'hash' },
  plan: smallPlan,
  run: null,
  confirm: 'db-a',
  typed: 'db-a',
  attempt: 1,
  readings: [readingAt(now)],
  mustHold: true,
  secondPerson: { state: 'not-wanted' },
  placedAt: 0,
  busy: false,
  started: null,
  error: null,
  ...more,
});

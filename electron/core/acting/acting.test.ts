import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Estate } from '@shared/estate/schema';
import type { JournalEvent } from '@shared/journal/entry';
import { runOf, smallPlan } from '@shared/lever/lever.test-kit';
import { type ApprovalTerms, signedText } from '@shared/runbook/approval';
import { planHash } from '@shared/runbook/fingerprint';
import { RunPlan } from '@shared/runbook/plan';
import type { RunState, RunView } from '@shared/runbook/state-model';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { digest } from '../journal/digest';
import { failure } from '../net/failure';
import { nodeClock } from '../ports-node';
import type { Runs } from '../runbook/api';
import { createActing } from './acting';
import { estateApprovals } from './approvals';
import { ARMED_MS } from './arming';
import { actingHandlers } from './handlers';

/** Acting without servers: which plans are kept, whose word is wanted, what is refused. Runs have their own tests. */
const WHO = 'ann@desk-1';
const bob = generateKeyPairSync('ed25519');
const keyText = (pair: typeof bob): string => {
  const raw = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const part = (bytes: Buffer) => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(bytes.length);
    return Buffer.concat([size, bytes]);
  };
  return `ssh-ed25519 ${Buffer.concat([part(Buffer.from('ssh-ed25519')), part(raw)]).toString('base64')} bob`;
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'patronus-acting-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function desk(approvers: { name: string; key: string }[] = []) {
  const started: string[] = [];
  const held: string[] = [];
  const noted: JournalEvent[] = [];
  const world = { live: true, plan: planAt(1), runs: [] as RunState[], tell: (_view: RunView): void => {} };
  const pace = { rate: 5, behind: [], waitsSince: null, error: null };
  const copy = { unit: 'MiB/s', levels: [1, 5, 25], most: 5, ...pace };
  const runs: Runs = {
    list: async () => world.runs,
    onServers: async () => [],
    view: async (id) =>
      runOf('stopped', {}, { state: { ...runOf('stopped').state, id }, throttles: { copy } }),
    readings: async () => [],
    start: async (plan, { typed }) => {
      started.push(`${plan.subject} ${typed}`);
      return 'run-1';
    },
    resume: async () => {},
    undo: async () => {},
    handOver: async () => {},
    takeOver: async () => {},
    hold: async (id, on) => void held.push(`${id} ${on}`),
    throttle: async (id, step, level) => void held.push(`${id} ${step} ${level}`),
    decide: async () => {},
    ended: async () => runOf('done').state,
    onChange: (listener) => {
      world.tell = listener;
      return () => {};
    },
    woke: async () => {},
    dispose: async () => {},
  };
  const estate = {
    estate: 'lab',
    hosts: [],
    services: [],
    clusters: [{ id: 'sql', acting: { approvers } }],
  } as unknown as Estate;
  const acting = createActing({
    estate,
    clock: nodeClock,
    journal: { note: (event) => void noted.push(event), commit: async () => {} },
    runs,
    approvals: estateApprovals({ estate, who: WHO, clock: nodeClock, runs }),
    make: async () => ({ ok: true, plan: world.plan }),
    lookFailover: async () => Promise.reject(new Error('nobody looks here')),
    makeFailover: async () => Promise.reject(new Error('nobody fails over here')),
    lookRejoin: async () => Promise.reject(new Error('nobody comes back here')),
    makeRejoin: async () => Promise.reject(new Error('nobody comes back here')),
    onArm: () => {},
    onRun: () => {},
    onLever: () => {},
    onLeverTick: () => {},
  });
  const handlers = actingHandlers({
    acting: () => acting,
    mustBeLive: () => {
      if (!world.live) throw failure('E_NO_ESTATE', null);
    },
    settings: {
      read: async () => ({
        language: 'en',
        theme: 'dark',
        projector: false,
        lastEstate: null,
        vaultIdleMinutes: 15,
      }),
      write: async () => {},
    },
    chooseScript: async () => path.join(folder, 'chosen.json'),
    surface: undefined,
    abortSignal: () => new AbortController().signal,
  });
  return { acting, handlers, world, started, held, noted };
}
const sends = { kind: 'ssh', target: 'db-a', argv: ['true'], timeoutMs: 1 };
const act = { kind: 'act', id: 'act', number: '9', title: { code: 'ACT' }, target: null, track: 'database' };
const acts = RunPlan.parse({
  ...smallPlan,
  steps: [...smallPlan.steps, { ...act, nature: 'reversible', apply: [sends] }],
});
const planAt = (madeAt: number, more: Partial<RunPlan> = {}): RunPlan => ({ ...smallPlan, madeAt, ...more });
const context = { signal: new AbortController().signal };
const code = (work: () => unknown): Promise<string> =>
  Promise.resolve()
    .then(work)
    .then(
      () => 'none',
      (thrown: { error: { code: string } }) => thrown.error.code,
    );

test('of plans for one subject only the newest is kept; another subject’s stays', async () => {
  const { acting } = desk();
  const older = acting.keep(planAt(1)).hash;
  const other = acting.keep(planAt(1, { subject: 'files' })).hash;
  const newer = acting.keep(planAt(2)).hash;
  expect(await code(() => acting.planOf(older))).toBe('E_NO_PLAN');
  expect(acting.planOf(newer).madeAt).toBe(2);
  expect(acting.planOf(other).subject).toBe('files');
});

test('a plan says how long its steps took in the runs before it', async () => {
  const { acting, world } = desk();
  world.plan = acts;
  const made = async () => {
    const plan = await acting.plan({ cluster: 'sql', to: 'db-b', overrides: [] }, context.signal);
    if (plan.state === 'refused') throw new Error('refused');
    return plan;
  };
  const before = await made();
  expect(before.plan.steps.find(({ id }) => id === 'act')?.estimate).toBeNull();
  const took = { state: 'done', by: 'answer', durationMs: 12, attempt: 1 } as const;
  world.runs = [runOf('done', { act: took }).state];
  const after = await made();
  const estimate = { p50Ms: 12, p90Ms: 12, basis: 'measured' };
  expect(after.plan.steps.find(({ id }) => id === 'act')?.estimate).toEqual(estimate);
  expect([after.fingerprint === before.fingerprint, after.hash === before.hash]).toEqual([true, false]);
});

test('a lever on a plan closes with it', async () => {
  const { acting } = desk();
  acting.arming.set(true);
  const { hash } = acting.keep(planAt(1));
  await acting.lever.open({ act: 'start', plan: hash });
  acting.keep(planAt(2));
  expect(acting.lever.view()).toEqual({ state: 'closed' });
  await acting.dispose();
});

test('disarming closes the lever, and so does a long sleep; a desk that is slow stays armed', async () => {
  const { acting } = desk();
  const open = () => {
    acting.arming.set(true);
    return acting.lever.open({ act: 'undo', run: 'run-1' });
  };
  await open();
  acting.woke(6_000);
  expect([acting.arming.armed, acting.lever.view().state]).toEqual([true, 'open']);
  acting.woke(60_000);
  expect([acting.arming.armed, acting.lever.view().state]).toEqual([false, 'closed']);
  await open();
  acting.standDown('locked');
  expect([acting.arming.armed, acting.lever.view().state]).toEqual([false, 'closed']);
  await acting.dispose();
});

test('whoever arms, and whatever disarms, stands in the journal; what was not armed is not disarmed', async () => {
  const { acting, handlers, noted } = desk();
  acting.standDown('past');
  expect(noted).toEqual([]);
  const armed = { kind: 'armed', estate: 'lab', forMs: ARMED_MS };
  const ways = {
    person: () => handlers['arm.set']({ armed: false }, context),
    slept: () => acting.woke(60_000),
    locked: () => acting.standDown('locked'),
    closed: () => acting.dispose(),
  };
  for (const [why, disarm] of Object.entries(ways)) {
    await handlers['arm.set']({ armed: true }, context);
    await disarm();
    expect(noted.splice(0), why).toEqual([armed, { kind: 'disarmed', estate: 'lab', why }]);
  }
});

test('what this console has in its hands is known, until it has not', () => {
  const { acting, world } = desk();
  world.tell(runOf('running', {}, { here: false }));
  expect(acting.underWay()).toEqual([]);
  for (const status of ['running', 'holding', 'waiting', 'undoing'] as const) {
    world.tell(runOf(status, {}, { here: true }));
    expect(acting.underWay(), status).toEqual(['sql']);
  }
  for (const status of ['stopped', 'done', 'undone', 'left'] as const) {
    world.tell(runOf(status, {}, { here: true }));
    expect(acting.underWay(), status).toEqual([]);
  }
});

test('disarmed, all that asks an acting account is refused, and going on or faster; holding and going slower never are', async () => {
  const { acting, handlers, held } = desk();
  const plan = acting.keep(planAt(1)).hash;
  const place = { x: 0, y: 0, width: 200, height: 200 };
  const calls = {
    plan: () => handlers['switchover.plan']({ cluster: 'sql', to: 'db-b', overrides: [] }, context),
    readings: () => handlers['runbook.readings']({ plan }, context),
    lever: () => handlers['lever.open']({ request: { act: 'start', plan }, place }, context),
    'go on': () => handlers['run.hold']({ id: 'run-1', on: false }, context),
    hold: () => handlers['run.hold']({ id: 'run-1', on: true }, context),
    faster: () => handlers['run.throttle']({ id: 'run-1', step: 'copy', level: 25 }, context),
    slower: () => handlers['run.throttle']({ id: 'run-1', step: 'copy', level: 1 }, context),
  };
  const codes = async () => {
    const all: Record<string, string> = {};
    for (const [name, call] of Object.entries(calls)) all[name] = await code(call);
    return all;
  };
  const refused = 'E_DISARMED';
  expect(await codes()).toEqual({
    plan: refused,
    readings: refused,
    lever: refused,
    'go on': refused,
    hold: 'none',
    faster: refused,
    slower: 'none',
  });
  expect(held).toEqual(['run-1 true', 'run-1 copy 1']);
  await handlers['arm.set']({ armed: true }, context);
  expect(new Set(Object.values(await codes()))).toEqual(new Set(['none']));
  await acting.dispose();
});

test('what is not shown as it is now cannot be armed, and what is armed does nothing then', async () => {
  const { acting, handlers, world } = desk();
  acting.arming.set(true);
  world.live = false;
  expect(await code(() => handlers['arm.set']({ armed: true }, context))).toBe('E_NO_ESTATE');
  expect(
    await code(() => handlers['switchover.plan']({ cluster: 'sql', to: 'db-b', overrides: [] }, context)),
  ).toBe('E_NO_ESTATE');
  expect(await code(() => handlers['arm.set']({ armed: false }, context))).toBe('none');
  expect(acting.arming.armed).toBe(false);
});

test('the plan itself is saved for whoever signs it', async () => {
  const { acting, handlers } = desk();
  const { hash } = acting.keep(planAt(1));
  const { file } = await handlers['runbook.save']({ plan: hash }, context);
  expect(planHash(JSON.parse(await readFile(file ?? '', 'utf8')), digest)).toBe(hash);
});

test('where the estate wants a second person, a plan begins with their signature and not without', async () => {
  const { acting, world, started } = desk([{ name: 'bob', key: keyText(bob) }]);
  const now = Date.now();
  const plan = planAt(now);
  const { hash } = acting.keep(plan);
  expect(await code(() => acting.start(hash, 'db-a'))).toBe('E_APPROVAL_MISSING');
  await acting.approve(hash, path.join(folder, 'nowhere'));
  expect(await code(() => acting.start(hash, 'db-a'))).toMatch(/^E_/);
  const approval = async (terms: Partial<ApprovalTerms>) => {
    const all: ApprovalTerms = {
      version: 1,
      plan: hash,
      subject: plan.subject,
      name: 'bob',
      by: 'bob@desk-2',
      at: now,
      until: now + 60_000,
      ...terms,
    };
    const signature = sign(null, Buffer.from(signedText(all)), bob.privateKey).toString('base64');
    const file = path.join(folder, 'approval');
    await writeFile(file, JSON.stringify({ terms: all, signature }));
    await acting.approve(hash, file);
  };
  for (const wrong of [{ plan: 'another' }, { by: WHO }, { until: now - 1 }]) {
    await approval(wrong);
    expect(await code(() => acting.start(hash, 'db-a')), JSON.stringify(wrong)).toBe('E_APPROVAL');
  }
  expect(started).toEqual([]);
  await approval({});
  expect(await acting.start(hash, 'db-a')).toBe('run-1');
  world.runs = [{ ...runOf('done').state, plan: hash }];
  expect(await code(() => acting.start(hash, 'db-a'))).toBe('E_APPROVAL');
  expect(started).toEqual(['sql db-a']);
});

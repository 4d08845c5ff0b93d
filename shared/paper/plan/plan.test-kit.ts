import type { Moment, Plan, PlanStep, StepRole } from '../../views/plan';

/** A plan as the mock of the cutover sheet shows it: Saturday the 5th of December 2026, 00:30 to 02:30 in Paris. */

export const HASH = 'b21d77e0'.repeat(8);
const T0 = Date.UTC(2026, 11, 4, 23, 30);

const roles: Record<string, StepRole> = {
  lead: { role: 'lead', title: 'Lead' },
  dba: { role: 'dba', title: 'Database' },
  files: { role: 'files', title: 'Files' },
  web: { role: 'web', title: 'Web' },
};
const role = (name: string): StepRole => roles[name] ?? { role: 'lead', title: 'Lead' };

const moment = (minute: number): Moment => {
  const at = T0 + minute * 60_000;
  const utc = new Date(at).toISOString();
  const local = new Date(at + 3_600_000).toISOString();
  return { at, utc: utc.slice(11, 16), local: local.slice(11, 16), date: local.slice(0, 10) };
};

interface Draft extends Partial<PlanStep> {
  id: string;
  number: string;
  title: string;
  from: number;
  takes: number;
}

const step = ({ from, takes, ...draft }: Draft): PlanStep => ({
  row: draft.id,
  phase: 'cutover',
  track: 'all',
  needs: [],
  kind: 'step',
  gate: null,
  when: 'T0',
  owner: role('lead'),
  backup: role('web'),
  commands: [],
  commandsNote: null,
  check: 'as expected',
  undo: null,
  nature: 'reversible',
  lastFreeAbort: false,
  runsBy: 'person',
  minutes: { optimistic: takes * 0.8, likely: takes, pessimistic: takes * 1.5 },
  clock: {
    start: from,
    startP90: from,
    end: from + takes,
    endP90: from + takes * 1.3,
    startsAt: moment(from),
    startsAtP90: moment(from),
    endsAt: moment(from + takes),
    endsAtP90: moment(from + takes * 1.3),
  },
  ...draft,
});

const gate = (name: 'G1' | 'G2' | 'G3', from: number): PlanStep =>
  step({
    id: name.toLowerCase(),
    number: name,
    title: `Gate ${name}`,
    kind: 'gate',
    gate: name,
    from,
    takes: 0,
  });

const undo = (text: string, minutes: number): PlanStep['undo'] => ({
  text,
  commands: [],
  minutes: { optimistic: minutes, likely: minutes, pessimistic: minutes },
  missing: [],
});

/** `name` stands wherever a name of the estate does: the place for a hostile one. */
export function planForTests(name = 'db'): Plan {
  const steps: PlanStep[] = [
    step({
      id: 'build',
      number: '3',
      title: 'Build the target',
      phase: 'prepare',
      when: 'T−21 d',
      from: -30_000,
      takes: 600,
      clock: null,
    }),
    gate('G1', -15),
    step({
      id: 'freeze',
      number: '15',
      title: `Maintenance page on ${name}`,
      track: 'web',
      owner: role('web'),
      from: 0,
      takes: 4,
      commands: [{ on: 'web', dialect: 'shell', text: 'apachectl graceful' }],
      check: '0 writers',
      undo: undo('page off', 0.5),
    }),
    step({
      id: 'read-only',
      number: '16',
      title: 'Source read-only',
      track: 'database',
      owner: role('dba'),
      from: 4,
      takes: 1,
      commands: [{ on: name, dialect: 'mysql', text: 'SET PERSIST super_read_only=1' }],
      undo: undo('=0', 0.02),
    }),
    step({
      id: 'shares',
      number: '17',
      title: 'Shares read-only',
      track: 'files',
      owner: role('files'),
      from: 5,
      takes: 0.5,
      undo: undo('shares open', 0.1),
    }),
    step({
      id: 'final-pass',
      number: '18',
      title: 'Last pass',
      track: 'files',
      owner: role('files'),
      from: 5.5,
      takes: 41.7,
      formula: 'T(n) = T* + ρⁿ · (T(0) − T*)',
    }),
    step({
      id: 'drain',
      number: '19',
      title: 'Replica is equal',
      track: 'database',
      owner: role('dba'),
      from: 5,
      takes: 1,
      lastFreeAbort: true,
    }),
    gate('G2', 48),
    step({
      id: 'promote',
      number: '21',
      title: 'Promotion',
      track: 'database',
      owner: role('dba'),
      nature: 'no-return',
      from: 48,
      takes: 1,
      undo: undo('reverse channel', 1),
    }),
    step({
      id: 'reverse',
      number: '22',
      title: 'Reverse replication',
      track: 'database',
      owner: role('dba'),
      from: 49,
      takes: 2,
      nature: 'hard',
    }),
    gate('G3', 60),
    step({ id: 'open', number: '25', title: 'DNS', track: 'dns', from: 60, takes: 2, nature: 'hard' }),
    step({
      id: 'watch',
      number: '26',
      title: 'Watch',
      phase: 'after',
      when: 'T0 + 62 min',
      from: 62,
      takes: 30,
    }),
  ];
  const sheet = (gate: 'G1' | 'G2' | 'G3', question: string): Plan['gates'][number] => ({
    step: gate.toLowerCase(),
    gate,
    question,
    readings: [{ id: 'r', what: `lag of ${name}`, must: '0 s', where: name, step: 'drain' }],
    signs: [role('lead'), role('dba')],
    otherwise: 'abort card',
  });
  return {
    takenAt: Date.UTC(2026, 11, 4, 17, 2, 11),
    hash: HASH,
    blockers: [],
    assumptions: [
      {
        path: 'dataSets/files/size',
        title: `Size of ${name}`,
        value: 1000,
        unit: 'GB',
        source: 'stated',
        origin: 'estate file',
      },
      {
        path: 'assumptions/scanTime',
        title: 'One walk',
        value: 40.2,
        unit: 'min',
        source: 'measured',
        origin: 'measured on files',
        at: T0,
      },
      { path: 'assumptions/linkRate', title: 'Line rate', value: null, unit: 'Mbit/s', source: 'unknown' },
      ...steps.map(({ id, title, minutes }): Plan['assumptions'][number] => ({
        path: `steps/${id}`,
        title: `Time: ${title}`,
        value: minutes?.likely ?? null,
        unit: 'min',
        source: 'assumed',
        origin: 'entered by operator@ops-07',
        at: T0,
      })),
    ],
    steps,
    gates: [sheet('G1', 'Do we begin?'), sheet('G2', 'Do we promote?'), sheet('G3', 'Do we open?')],
    rollback: [
      step({ id: 'r1', number: 'R1', title: 'Target read-only', from: 0, takes: 1 }),
      step({ id: 'r2', number: 'R2', title: `${name} writable`, from: 1, takes: 25 }),
    ],
    window: {
      state: 'set',
      entered: { start: '2026-12-05 00:30', end: '2026-12-05 02:30', zone: 'Europe/Paris' },
      start: moment(0),
      end: moment(120),
    },
    clock: {
      abortIsFree: { from: 0, to: 48 },
      backThroughReverse: { from: 48, to: 84 },
      pointOfNoReturn: { step: 'promote', minute: 48, at: moment(48) },
      turnBack: { at: moment(84), minute: 84, rollbackMinutes: 26, marginMinutes: 10 },
      turnBackMissing: [],
      problems: [],
      freeAbortMinutes: 0.62,
      fits: true,
    },
    totals: {
      outage: { optimistic: 50, likely: 62, pessimistic: 90 },
      estimate: { method: 'simulation', mean: 79, p50: 79, p90: 84, p99: 90 },
      preparation: { optimistic: 500, likely: 600, pessimistic: 900 },
      rollback: { method: 'pert', mean: 20, p50: 20, p90: 26, p99: 30 },
      missing: [],
      criticalPath: ['freeze', 'final-pass', 'promote', 'reverse', 'open'],
      stars: 3,
      filePasses: { minutes: [248, 40.7, 40.1, 40.1], floorMinutes: 40.1, converges: true },
      passes: [],
    },
    wallet: {
      target: 0.999,
      targetPath: 'requirements/a/target',
      allowedMinutes: 43.8,
      takesMinutes: 84,
      leftMinutes: -40.2,
    },
    influence: [
      {
        path: 'assumptions/scanTime',
        title: 'One walk',
        source: 'measured',
        atLow: 60,
        atHigh: 104,
        swing: 44,
        basis: 'half',
      },
      {
        path: 'steps/freeze',
        title: 'Time: freeze',
        source: 'assumed',
        atLow: 82,
        atHigh: 86,
        swing: 4,
        basis: 'range',
      },
      {
        path: 'assumptions/linkRate',
        title: 'Line rate',
        source: 'unknown',
        atLow: null,
        atHigh: 84,
        swing: null,
        basis: 'half',
      },
    ],
    unanswered: [
      {
        figure: 'preparation',
        question: 'How long does it take to prepare?',
        missing: ['assumptions/linkRate'],
      },
    ],
    changes: null,
  };
}

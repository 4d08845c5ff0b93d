import { describe, expect, it } from 'vitest';
import { JournalEvent } from './entry';
import { eventText, resultText } from './entry-text';
import { exportEntry } from './export';
import { isFailed, isIn } from './groups';

/** The entries of a run as the journal shows, searches and exports them. */
const acts = { run: 'r1', step: 'freeze', phase: 'apply', attempt: 1, host: 'db-a', account: 'act' } as const;
const EVENTS: JournalEvent[] = [
  {
    kind: 'run-opened',
    run: 'r1',
    procedure: 'switchover',
    estate: 'e',
    subject: 'main',
    plan: 'abcdefghijkl',
    fingerprint: 'f',
  },
  { kind: 'run-decided', run: 'r1', decision: 'go', step: 'gate', by: 'bob@desk', text: 'checked' },
  { kind: 'intent', ...acts, text: 'db-a> SET GLOBAL read_only = 1' },
  { kind: 'outcome', ...acts, result: 'unknown', by: 'answer', durationMs: 5_000 },
  {
    kind: 'outcome',
    ...acts,
    phase: 'undo',
    result: 'done',
    by: 'probe',
    durationMs: 3,
    evidence: { 'db-a/read_only': '0' },
  },
  { kind: 'run-closed', run: 'r1', end: 'undone' },
];
const row = (what: JournalEvent) =>
  exportEntry({ lane: '1', seq: 1, prev: '', at: 0, who: 'ann@desk', what, hash: 'h' }, 'csv')
    .trim()
    .split('","');

describe('entries of a run', () => {
  it('are entries, in a group of their own', () => {
    for (const event of EVENTS) {
      expect(JournalEvent.safeParse(event).error).toBeUndefined();
      expect(isIn('runs', event.kind)).toBe(true);
    }
    expect(EVENTS.map(isFailed)).toEqual([false, false, false, true, false, true]);
  });

  it('say in both languages what was decided, begun and found', () => {
    expect(EVENTS.map((event) => eventText(event, 'en'))).toEqual([
      'Run r1 opened: switchover of main, plan abcdefgh.',
      'Run r1, step gate: decided to go (bob@desk).',
      'Run r1, step freeze: about to act as act.',
      'Run r1, step freeze: unknown.',
      'Run r1, step freeze: undone, as the servers say.',
      'Run r1 closed: undone.',
    ]);
    for (const event of EVENTS) expect(eventText(event, 'fr')).toMatch(/^Exécution r1/);
    expect(EVENTS.map((event) => resultText(event, 'en').text)).toEqual([
      '',
      '',
      '',
      'unknown',
      'done',
      'undone',
    ]);
  });

  it('are rows of a table', () => {
    expect(row(EVENTS[2] as JournalEvent)).toEqual(
      expect.arrayContaining(['intent', 'r1 freeze', 'db-a> SET GLOBAL read_only = 1']),
    );
    expect(row(EVENTS[1] as JournalEvent)).toEqual(
      expect.arrayContaining(['r1 gate', 'go bob@desk checked']),
    );
    expect(row(EVENTS[4] as JournalEvent)).toEqual(expect.arrayContaining(['undo db-a/read_only=0', 'done']));
    expect(row(EVENTS[5] as JournalEvent)).toEqual(expect.arrayContaining(['r1', 'undone']));
  });

  it('begin with a console that was armed, and end with why it no longer is', () => {
    const armed: JournalEvent[] = [
      { kind: 'armed', estate: 'lab', forMs: 900_000 },
      ...(['person', 'expired', 'slept', 'locked', 'past', 'closed'] as const).map((why) => ({
        kind: 'disarmed' as const,
        estate: 'lab',
        why,
      })),
    ];
    for (const event of armed) {
      expect(JournalEvent.parse(event)).toEqual(event);
      expect([isIn('runs', event.kind), isFailed(event)]).toEqual([true, false]);
      expect(eventText(event, 'fr')).toMatch(/^Console (dés)?armée pour lab[,\u00a0]/);
    }
    expect(armed.slice(0, 3).map((event) => eventText(event, 'en'))).toEqual([
      'Console armed for lab, for 15\u00a0min.',
      'Console disarmed for lab: somebody said so.',
      'Console disarmed for lab: its time was over.',
    ]);
    expect(row(armed[0] as JournalEvent)).toEqual(expect.arrayContaining(['armed', 'lab 900000 ms']));
    expect(row(armed[2] as JournalEvent)).toEqual(expect.arrayContaining(['disarmed', 'lab expired']));
  });

  it('have no field for a secret or an answer', () => {
    const outcome = { kind: 'outcome', ...acts, result: 'done', by: 'answer', durationMs: 1 };
    expect(JournalEvent.safeParse({ ...outcome, rows: [] }).success).toBe(false);
    expect(JournalEvent.safeParse(outcome).success).toBe(true);
  });
});

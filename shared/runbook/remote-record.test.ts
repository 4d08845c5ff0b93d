import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { GENESIS } from '../journal/chain';
import type { TimedEvent } from './events';
import type { RunPlan } from './plan';
import { planOf, step } from './plan.test-kit';
import {
  asciiJson,
  foreignPlan,
  joinKept,
  type KeptRun,
  missingThere,
  readLines,
  sealEvents,
  takenMeanwhile,
} from './remote-record';

const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest('base64url');
const plan = planOf([step({ id: 's', kind: 'group' })], { subject: 'main', confirm: 'a' });
const hashOf = (one: RunPlan) => digest(JSON.stringify(one));

const opened: TimedEvent = {
  kind: 'run-opened',
  run: 'r1',
  procedure: 'test',
  estate: 'test',
  subject: 'main',
  plan: hashOf(plan),
  fingerprint: 'f',
  at: 1,
  who: 'ann@desk',
};
const intent = (attempt: number, at = 2): TimedEvent => ({
  kind: 'intent',
  run: 'r1',
  step: 's',
  phase: 'apply',
  attempt,
  host: 'a',
  account: 'acting',
  text: 'SET ⟨name⟩ = "é\u{1f512}"',
  at,
  who: 'ann@desk',
});
const decided = (decision: 'hold' | 'go-on' | 'take-over', who = 'ann@desk', at = 3): TimedEvent => ({
  kind: 'run-decided',
  run: 'r1',
  decision,
  at,
  who,
});
const all = [opened, intent(1), decided('hold'), decided('go-on'), decided('hold')];
const linesOf = (events: readonly TimedEvent[]) => sealEvents(GENESIS, events, digest).lines;
const textOf = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');

describe('the lines of a record', () => {
  it('come back as they were, and hold nothing that has to be cleaned', () => {
    const lines = linesOf(all);
    expect(lines.every((line) => /^[ -~]+$/.test(line))).toBe(true);
    expect(readLines(textOf(lines), digest)).toMatchObject({ events: all, torn: false, broken: false });
    const { head } = sealEvents(GENESIS, all.slice(0, 2), digest);
    const later = sealEvents(head, all.slice(2), digest).lines;
    expect([...linesOf(all.slice(0, 2)), ...later]).toEqual(lines);
  });

  it('a torn tail is seen and left out, and what was written after it is whole', () => {
    const lines = linesOf(all);
    const whole = textOf(lines);
    for (let length = 0; length < whole.length; length += 7) {
      const cut = readLines(whole.slice(0, length), digest);
      expect(cut.broken).toBe(false);
      expect(cut.events).toEqual(all.slice(0, cut.events.length));
      const rest = sealEvents(cut.head, all.slice(cut.events.length), digest).lines;
      const mended = `${whole.slice(0, length)}\n${textOf(rest)}`;
      expect(readLines(mended, digest)).toMatchObject({ events: all, broken: false, torn: cut.torn });
    }
    expect(readLines(whole.slice(0, -9), digest).torn).toBe(true);
  });

  it('every changed character, missing, swapped or repeated line breaks the chain or is no line', () => {
    const lines = linesOf(all);
    const told = (changed: readonly string[]) => {
      const read = readLines(textOf(changed), digest);
      return read.broken || read.torn;
    };
    expect(told(lines)).toBe(false);
    for (const [row, line] of lines.entries())
      for (let at = 0; at < line.length; at += 3) {
        const other = line[at] === 'x' ? 'y' : 'x';
        const changed = line.slice(0, at) + other + line.slice(at + 1);
        expect(told(lines.with(row, changed)), changed).toBe(true);
      }
    for (let row = 0; row < lines.length - 1; row += 1) {
      expect(told(lines.toSpliced(row, 1))).toBe(true);
      expect(told(lines.toSpliced(row, 0, lines[row] ?? ''))).toBe(true);
      expect(told(lines.toSpliced(row, 2, lines[row + 1] ?? '', lines[row] ?? ''))).toBe(true);
    }
  });

  it('what would act on a terminal or hide from a reader was not written by a console', () => {
    const hostile = { ...intent(1), text: 'SET \u202e' };
    expect(readLines(textOf(linesOf([opened, hostile])), digest)).toMatchObject({
      events: [opened],
      broken: true,
    });
    expect(foreignPlan(JSON.parse(asciiJson(plan)))).toEqual(plan);
    expect(foreignPlan({ ...plan, confirm: 'a\u001b[2J' })).toBeNull();
    expect(foreignPlan({ ...plan, steps: [] })).toBeNull();
  });

  it('JSON for files has no character that cleaning would touch', () => {
    expect(asciiJson({ a: 'é\u202e\n' })).toBe('{"a":"\\u00e9\\u202e\\n"}');
  });
});

describe('what one side has and the other has not', () => {
  it('is compared without the times, and counts what happened twice', () => {
    const later = all.map((event) => ({ ...event, at: event.at + 5 }));
    expect(missingThere(later, all)).toEqual([]);
    expect(missingThere(all.slice(0, 4), all)).toEqual([decided('hold')]);
    expect(missingThere([...all, intent(2)], all)).toEqual([]);
    expect(missingThere(all, [...all, intent(2)])).toEqual([intent(2)]);
  });

  it('tells that somebody took over what we still believe to be ours', () => {
    const taken = decided('take-over', 'bob@laptop', 9);
    expect(takenMeanwhile(all, all)).toBeNull();
    expect(takenMeanwhile([...all, taken, intent(2)], all)).toEqual({ by: 'bob@laptop', at: 9 });
    expect(
      takenMeanwhile([...all, taken], [...all, { ...taken, taken: { at: 9, who: taken.who } }]),
    ).toBeNull();
  });
});

describe('joining what the servers keep', () => {
  const kept = (events: readonly TimedEvent[], more: Partial<KeptRun> = {}): KeptRun => ({
    host: 'a',
    lease: null,
    plan,
    record: readLines(textOf(linesOf(events)), digest),
    ...more,
  });
  const broken = { ...readLines('', digest), broken: true };

  it.each<[string, KeptRun[], ReturnType<typeof joinKept>]>([
    ['the longest', [kept(all.slice(0, 2)), kept(all)], { ok: true, plan, events: all }],
    [
      'one without a plan',
      [kept(all, { plan: null }), kept(all.slice(0, 1))],
      { ok: true, plan, events: all },
    ],
    [
      'one that is whole',
      [kept(all, { record: broken }), kept([opened])],
      { ok: true, plan, events: [opened] },
    ],
    ['no plan at all', [kept(all, { plan: null })], { ok: false, why: 'no-plan' }],
    ['another plan', [kept(all, { plan: { ...plan, confirm: 'b' } })], { ok: false, why: 'other-plan' }],
    ['nothing', [], { ok: false, why: 'no-events' }],
    ['no beginning', [kept([])], { ok: false, why: 'no-events' }],
    ['only broken ones', [kept(all, { record: broken })], { ok: false, why: 'broken' }],
    [
      'two histories',
      [kept([opened, intent(1)]), kept([opened, intent(2), decided('hold')])],
      { ok: false, why: 'differs' },
    ],
  ])('%s', (_name, servers, expected) => {
    expect(joinKept(servers, hashOf)).toEqual(expected);
  });
});

import { describe, expect, it } from 'vitest';
import { check, Log, planOf, step } from '../runbook/plan.test-kit';
import { said } from '../runbook/said';
import { runStateOf } from '../runbook/state';
import type { Reading, RunView } from '../runbook/state-model';
import { gatesToText, readingsToText } from './readings-text';

const reading = (id: string, more: Partial<Reading>): Reading => ({
  id,
  title: said('CHECK', { id }),
  target: 'db-a',
  value: '1',
  mustBe: '1',
  holds: true,
  at: Date.UTC(2026, 0, 2, 3, 4, 5),
  error: null,
  ...more,
});
const READ = [
  reading('lag', { value: '', mustBe: '' }),
  reading('writers', { value: '7\n  db-a  1', mustBe: '0', holds: false }),
  reading('files', { value: null, holds: null }),
];
const gate = step({ id: 'G2', kind: 'gate', question: said('GO'), readings: [check('lag')] });
const plan = planOf([gate]);
const view = (log: Log): RunView => ({
  plan,
  state: runStateOf(plan, log.events),
  here: true,
  elsewhere: null,
  ways: [],
  sent: [],
  progress: {},
  throttles: {},
  readings: { G2: READ },
});

describe('readings on paper', () => {
  it('stand beside what they must be, with where and when, and say in words what a mark would', () => {
    const lines = readingsToText('test', READ, 'en').trimEnd().split('\n');
    expect(lines.map((line) => line.trim().split(/ {2,}/))).toEqual([
      ['Reading', 'Value', 'Must be', 'Where, when'],
      ['CHECK id=lag', '(empty)', '(empty)', 'as it must be', 'db-a · 03:04:05'],
      ['CHECK id=writers', '7\\n', 'db-a', '1', '0', 'not as it must be', 'db-a · 03:04:05'],
      ['CHECK id=files', 'unknown', '1', 'unknown', 'db-a · 03:04:05'],
    ]);
    expect(readingsToText('test', READ, 'fr')).not.toMatch(/must|unknown/);
  });

  it('stand under the question of a gate that waits, and of no other', () => {
    const asked = new Log().opened().intent('G2');
    expect(gatesToText(view(asked), 'en')).toMatch(/^\nG2 {2}A person decides: GO\n {2}Reading /);
    expect(gatesToText(view(asked.outcome('G2', 'done')), 'en')).toBe('');
    expect(gatesToText({ ...view(new Log().opened().intent('G2')), readings: {} }, 'en')).toBe('');
  });
});

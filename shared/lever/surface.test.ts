import { expect, test } from 'vitest';
import { openLever, readingAt, runOf, smallPlan } from './lever.test-kit';
import type { OpenLever } from './open-lever';
import { type SurfaceContext, surfaceOf } from './surface';

const NOW = 1_000_000;
const view = (more: Partial<OpenLever> = {}, context: Partial<SurfaceContext> = {}) =>
  surfaceOf(openLever(NOW, more), {
    settings: { language: 'en', theme: 'dark' },
    armed: true,
    moment: { now: NOW, monotonic: 10_000 },
    accounts: ['patronus_act (SQL): db-a, db-b'],
    ...context,
  });

test('ready: the button is open, nothing speaks against it', () => {
  expect(view()).toMatchObject({
    title: 'TITLE node=db-a',
    accounts: { text: 'patronus_act (SQL): db-a, db-b' },
    readings: { state: 'good', failing: [] },
    field: { expected: 'Expected: db-a', matches: true },
    secondPerson: null,
    button: { open: true, why: '' },
    error: null,
    leave: 'Leave everything as it is',
  });
});

test('the name is counted down, and another name is said to be one', () => {
  expect(view({ typed: 'db' }).field?.hint).toMatch(/^2 more characters\. Enter does not start anything/);
  expect(view({ typed: 'db-' }).field?.hint).toMatch(/^1 more character\./);
  expect(view({ typed: 'x' }).field?.hint).toMatch(/^That is another name\./);
  expect(view({ typed: 'x' }).button).toMatchObject({ open: false, why: 'Opens when the name matches.' });
});

test('what does not hold and what is unknown are named, with what each must be', () => {
  const wrong = view({
    readings: [
      readingAt(NOW),
      readingAt(NOW, { value: '1', holds: false }),
      readingAt(NOW, { value: null, holds: null }),
    ],
  });
  expect(wrong.readings).toMatchObject({
    state: 'bad',
    summary: '1 of 3 does not hold. 1 of 3 cannot be told.',
    failing: [
      { name: 'READ_ONLY', value: '1', mustBe: 'must be 0' },
      { name: 'READ_ONLY', value: 'unknown', mustBe: 'must be 0' },
    ],
  });
  expect(wrong.button).toMatchObject({ open: false, why: expect.stringContaining('under 2 s old') });
});

test('a reading is good for two seconds and not a millisecond longer', () => {
  expect(view({ readings: [readingAt(NOW - 2_000)] }).button.open).toBe(true);
  const old = view({ readings: [readingAt(NOW), readingAt(NOW - 2_001)] });
  expect(old.button.open).toBe(false);
  expect(old.readings?.summary).toMatch(/^The oldest is 2\.1\s?s old: too old/);
});

test('readings of the future are worth nothing: the clock went back', () => {
  expect(view({ readings: [readingAt(NOW + 5)] })).toMatchObject({
    readings: { state: 'bad', summary: expect.stringContaining('clock') },
    button: { open: false },
  });
});

test('a value of any length is shown short', () => {
  const value = 'x'.repeat(10_000);
  const failing = view({ readings: [readingAt(NOW, { value, holds: false })] }).readings?.failing[0];
  expect(failing?.value).toHaveLength(161);
});

test('taking back needs no name and no readings, and says how much', () => {
  const undo = view({
    request: { act: 'undo', run: 'run-1' },
    run: runOf('stopped'),
    confirm: null,
    readings: [],
    mustHold: false,
  });
  expect(undo).toMatchObject({
    title: '2 steps are taken back on sql, the newest first.',
    readings: null,
    field: null,
    button: { text: 'Take 2 steps back', open: true },
  });
});

test('a second person is asked for, and the button waits', () => {
  const missing = view({ secondPerson: { state: 'missing', approvers: ['bob', 'eve'] } });
  expect(missing.secondPerson).toMatchObject({ text: 'Wanted from one of: bob, eve.' });
  expect(missing.secondPerson?.choose).not.toBeNull();
  expect(missing.button.open).toBe(false);
  const given = view({ secondPerson: { state: 'given', by: 'bob' } });
  expect(given.secondPerson).toEqual({ label: 'Second person', text: 'Approved by bob.', choose: null });
  expect(given.button.open).toBe(true);
});

test('disarmed, nothing opens it', () => {
  expect(view({}, { armed: false }).button).toEqual({
    text: 'Start: db-a',
    open: false,
    why: 'The console is disarmed.',
  });
});

test('it is said in French, too', () => {
  const settings = { language: 'fr', theme: 'light' } as const;
  expect(view({ typed: 'db' }, { settings })).toMatchObject({
    language: 'fr',
    theme: 'light',
    leave: 'Laisser tout en l’état',
    field: { hint: expect.stringMatching(/^encore 2 caractères\./) },
  });
});

test('the number that is lost stands on the button, in the words of the procedure', () => {
  const button = (code: string, params: Record<string, string>, language: 'en' | 'fr' = 'en') => {
    const plan = { ...smallPlan, procedure: 'failover', title: { code, params: { to: 'db-b', ...params } } };
    return view({ plan }, { settings: { language, theme: 'dark' } }).button.text;
  };
  expect(button('TITLE_AT_LEAST', { count: '212' })).toBe('Promote db-b and lose at least 212 transactions');
  expect(button('TITLE_EXACT', { count: '1' }, 'fr')).toBe('Promouvoir db-b et perdre 1 transaction');
  expect(button('TITLE_NOTHING', {})).toBe('Promote db-b, nothing is lost');
  expect(button('TITLE_UNKNOWN', {})).toBe('Promote db-b and lose nobody knows how much');
  // A title of a newer console: never a button without words.
  expect(button('TITLE_NEWER', {})).toBe('Start: db-a');
});

test('the name is asked for in the words of the procedure', () => {
  const label = (procedure: string) => view({ plan: { ...smallPlan, procedure } }).field?.label;
  expect(label('switchover')).toBe('Type the name of the server that stops taking writes');
  expect(label('failover')).toBe('Type the name of the server that is given up');
  expect(label('rejoin')).toBe('Type the name of the server that comes back');
  expect(label('constructor')).toBe('Type the name of the server that it is about');
});

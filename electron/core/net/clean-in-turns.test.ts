import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { clean } from '@shared/clean';
import { expect, it } from 'vitest';
import { cleanInTurns } from './clean-in-turns';

const MIB = 1024 * 1024;

it.each([
  ['nothing', Buffer.alloc(0)],
  ['a few words', Buffer.from('é\x1b[1m\r\n')],
  ['letters of two bytes', Buffer.from(`x${'é'.repeat(20_000)}`)],
  ['pictures of four', Buffer.from(`xx${'\u{1f600}'.repeat(9_000)}`)],
  ['no UTF-8', Buffer.alloc(40_000, 0xe2)],
  ['line ends', Buffer.from(`x${'\r\n'.repeat(20_000)}\r`)],
])('%s: as if cleaned at once', async (_what, bytes) => {
  const { text, cut } = await cleanInTurns(bytes, MIB);
  expect([text === clean(bytes.toString('utf8')), cut]).toEqual([true, false]);
});

it.each([
  [8, 'ab\\x1bcd', true],
  [10, 'ab\\x1bcdef', false],
  [3, 'ab\\', true],
])('at most %d characters: %s', async (limit, text, cut) => {
  expect(await cleanInTurns(Buffer.from('ab\x1bcdef'.slice(0, 7)), limit)).toEqual({ text, cut });
});

it('never ends with half a character', async () => {
  expect(await cleanInTurns(Buffer.from('a\u{1f600}b'), 2)).toEqual({ text: 'a', cut: true });
});

/** The aim is 20 ms at most; a busy machine is given ten times that. Cleaned at once it is a second and more. */
it.each([
  ['escapes', Buffer.alloc(8 * MIB, 0x1b)],
  ['controls by turns', Buffer.from('\x1b\x07'.repeat(4 * MIB))],
  ['no UTF-8', Buffer.alloc(8 * MIB, 0xff)],
  ['private letters', Buffer.from('\ue000\ue001'.repeat(MIB))],
  ['marks on one letter', Buffer.from('\u0301'.repeat(4 * MIB))],
  ['ends of line', Buffer.from('a\r\n'.repeat(2 * MIB))],
])('8 MiB of %s do not hold up the window', async (what, bytes) => {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const started = performance.now();
  const { text } = await cleanInTurns(bytes, 8 * MIB);
  const took = performance.now() - started;
  await nextTurn();
  delay.disable();
  const ms = (nanoseconds: number) => Math.round(nanoseconds / 1e5) / 10;
  console.log(
    `${what}: ${Math.round(took)} ms in all, p99 ${ms(delay.percentile(99))} ms, max ${ms(delay.max)} ms`,
  );
  expect(text.length).toBeLessThanOrEqual(8 * MIB);
  expect(ms(delay.percentile(99))).toBeLessThan(200);
});

import type { Contract } from '@shared/contract';
import type { Output } from '@shared/contract-kit';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LiveBuffer } from './live-buffer';

type Live = Output<Contract, 'watch.snapshot'>;
const start: Live = { seq: 0, snapshot: { estate: 'x', takenAt: 0, periodMs: 3_000, hosts: {} } };
const next = (live: Live | undefined) => (live ? { ...live, seq: live.seq + 1 } : null);

let live: Live = start;
let written: (number | null)[] = [];
let buffer: LiveBuffer;
beforeEach(() => {
  vi.useFakeTimers();
  live = start;
  written = [];
  buffer = new LiveBuffer(
    () => live,
    (to) => {
      live = to ?? live;
      written.push(to?.seq ?? null);
    },
  );
});
afterEach(() => vi.useRealTimers());

it('shows the first event at once and gathers the others', () => {
  for (let i = 0; i < 100; i += 1) buffer.push(next);
  expect(written).toEqual([1]);
  vi.advanceTimersByTime(250);
  expect(written).toEqual([1, 100]);
  vi.advanceTimersByTime(10_000);
  expect(written).toEqual([1, 100]);
  buffer.push(next);
  expect(written).toEqual([1, 100, 101]);
});

it('waits longer where there are many hosts', () => {
  const hosts = Object.fromEntries(
    Array.from({ length: 1_000 }, (_, index) => [`h${index}`, { state: 'unasked' as const }]),
  );
  live = { ...start, snapshot: { ...start.snapshot, hosts } };
  buffer.push(next);
  buffer.push(next);
  vi.advanceTimersByTime(999);
  expect(written).toEqual([1]);
  vi.advanceTimersByTime(1);
  expect(written).toEqual([1, 2]);
});

it('what cannot wait takes everything with it, in order', () => {
  buffer.push(next);
  buffer.push(next);
  buffer.push(next);
  buffer.flush();
  expect(written).toEqual([1, 3]);
});

it('asks for the whole when something was missed, and forgets what came after it', () => {
  buffer.push(next);
  buffer.push(() => null);
  buffer.push(next);
  buffer.flush();
  expect(written).toEqual([1, null]);
});

it('writes nothing after it was stopped', () => {
  buffer.push(next);
  buffer.push(next);
  buffer.stop();
  vi.advanceTimersByTime(10_000);
  expect(written).toEqual([1]);
});

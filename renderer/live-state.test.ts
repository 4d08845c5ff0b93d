import type { HostReading, Snapshot } from '@shared/snapshot';
import { describe, expect, it } from 'vitest';
import { applyChange } from './live-state';

const snapshot: Snapshot = { estate: 'e', takenAt: 100, periodMs: 5000, hosts: { a: { state: 'unasked' } } };
const error = { code: 'E_TCP', stage: 'tcp' as const, message: 'a: closed', retryable: true };
const gone: HostReading = { state: 'unreachable', at: 200, since: 200, error, last: null };
const live = { seq: 4, snapshot };

describe('applyChange', () => {
  it('takes the next change in', () => {
    const next = applyChange(live, { seq: 5, host: 'a', reading: gone });
    expect(next).toEqual({ seq: 5, snapshot: { ...snapshot, takenAt: 200, hosts: { a: gone } } });
  });
  it.each([1, 4])('ignores change %i, which it has already', (seq) => {
    expect(applyChange(live, { seq, host: 'a', reading: gone })).toBe(live);
  });
  it('says that something was missed', () => {
    expect(applyChange(live, { seq: 6, host: 'a', reading: gone })).toBeNull();
    expect(applyChange(undefined, { seq: 1, host: 'a', reading: gone })).toBeNull();
  });
  it('never turns time back', () => {
    const late = { ...gone, at: 50 };
    expect(applyChange(live, { seq: 5, host: 'a', reading: late })?.snapshot.takenAt).toBe(100);
  });
});

import type { HostReading, Snapshot } from '@shared/snapshot';
import { describe, expect, it } from 'vitest';
import { applyChange, applyWoke } from './live-state';

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

describe('applyWoke', () => {
  const woke = { seq: 5, at: 70, why: 'clock-back', ms: 30 } as const;

  it('marks all that is known, also where the clock was set back', () => {
    const next = applyWoke(live, woke);
    expect(next).toMatchObject({ seq: 5, snapshot: { takenAt: 70, suspectBefore: 70 } });
    expect(next?.snapshot.hosts).toBe(live.snapshot.hosts);
    expect(applyChange(next ?? undefined, { seq: 6, host: 'a', reading: { ...gone, at: 75 } })).toMatchObject(
      {
        snapshot: { takenAt: 75, suspectBefore: 70 },
      },
    );
  });

  it('is part of the sequence', () => {
    expect(applyWoke(live, { ...woke, seq: 4 })).toBe(live);
    expect(applyWoke(live, { ...woke, seq: 6 })).toBeNull();
    expect(applyWoke(undefined, woke)).toBeNull();
  });
});

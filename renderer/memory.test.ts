import type { HostAnswer, Snapshot } from '@shared/snapshot';
import type { Finding } from '@shared/views/topology';
import { describe, expect, it } from 'vitest';
import { emptyMemory, factKey, newestFinding, remember } from './memory';

const answer = (at: number, rate: number): HostAnswer => ({
  at,
  durationMs: 1,
  facts: { 'host.load': { value: 0.5, at, evidence: 'host.poll' } },
  listeners: [],
  processes: {},
  edges: [],
  configured: [],
  services: {
    db: {
      facts: {
        'mysql.queries.rate': { value: rate, at, evidence: 'db/mysql.poll' },
        'mysql.version': { value: '9.7', at, evidence: 'db/mysql.poll' },
      },
    },
  },
  errors: [],
  evidence: [],
  hostKey: { fingerprint: '', type: '', by: '' },
});
const snapshot = (at: number, rate: number): Snapshot => ({
  estate: 'e',
  takenAt: at,
  periodMs: 5000,
  hosts: { db: { state: 'answered', answer: answer(at, rate) }, web: { state: 'unasked' } },
});
const finding = (code: string, severity: Finding['severity']): Finding => ({
  code,
  severity,
  nodes: ['db'],
  title: code,
  params: {},
  evidence: [],
  masks: [],
});

describe('remember', () => {
  const key = factKey('db', 'db', 'mysql.queries.rate');
  it('keeps numbers, once per reading, and no texts', () => {
    const first = remember(emptyMemory, snapshot(1000, 40), []);
    const again = remember(first, snapshot(1000, 40), []);
    const next = remember(again, snapshot(6000, 42), []);
    expect(next.samples[key]).toEqual([
      { at: 1000, value: 40 },
      { at: 6000, value: 42 },
    ]);
    expect(next.samples[factKey('db', 'db', 'mysql.version')]).toBeUndefined();
    expect(next.samples[factKey('db', null, 'host.load')]).toHaveLength(2);
  });
  it('is bounded', () => {
    let memory = emptyMemory;
    for (let i = 1; i <= 800; i++) memory = remember(memory, snapshot(i, i), []);
    expect(memory.samples[key]).toHaveLength(720);
    expect(memory.samples[key]?.at(-1)?.value).toBe(800);
  });
  it('knows since when a finding stands, and forgets it when it goes', () => {
    const stands = remember(emptyMemory, snapshot(1000, 1), [finding('A', 'warning')]);
    const still = remember(stands, snapshot(6000, 1), [finding('A', 'warning')]);
    expect(Object.values(still.since)).toEqual([1000]);
    expect(remember(still, snapshot(9000, 1), []).since).toEqual({});
  });
});

describe('newestFinding', () => {
  const a = finding('A', 'warning');
  const b = finding('B', 'critical');
  const c = finding('C', 'warning');
  const together = remember(emptyMemory, snapshot(1000, 1), [a, b]);
  it('of several at once is the most severe', () => {
    expect(newestFinding([a, b], together)).toBe(b);
  });
  it('is the one that came up last', () => {
    expect(newestFinding([a, b, c], remember(together, snapshot(6000, 1), [a, b, c]))).toBe(c);
  });
  it('is never a mere note', () => {
    expect(newestFinding([finding('N', 'info')], together)).toBeNull();
  });
});

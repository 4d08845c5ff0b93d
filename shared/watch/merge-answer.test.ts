import { expect, test } from 'vitest';
import type { AppError } from '../errors';
import type { Parsed, Probe } from '../kinds/kind';
import { type Look, MAX_TABLE_ROWS, mergeAnswer, type ProbeOutcome } from './merge-answer';

const probe = (id: string, fills: string[], every: Probe['every'] = 'poll'): Probe => ({
  id,
  every,
  fills,
  via: 'ssh',
  argv: () => ['true'],
  parse: () => ({ facts: {} }),
});
const hostKey = { fingerprint: 'SHA256:x', type: 'ssh-ed25519', by: 'estate' };
const outcome = (
  at: number,
  id: string,
  parsed: Parsed | null,
  rest: Partial<ProbeOutcome> = {},
): ProbeOutcome => ({
  probe: probe(id, ['a.total']),
  service: null,
  evidence: { id, via: 'ssh', sent: 'true', account: 'w', route: 'r', at, durationMs: 1, exit: 0, bytes: 1 },
  parsed,
  error: null,
  ...rest,
});
const look = (at: number, ...outcomes: ProbeOutcome[]): Look => ({ at, durationMs: 1, hostKey, outcomes });
const failure = (retryable: boolean): AppError => ({
  code: 'E_X',
  stage: 'query',
  message: 'no grant',
  retryable,
});

test('facts of probes that were not asked stay with their own time', () => {
  const first = mergeAnswer(null, look(1000, outcome(1000, 'slow', { facts: { disk: 5 } })), []);
  const second = mergeAnswer(first, look(2000, outcome(2000, 'fast', { facts: { load: 1 } })), []);
  expect(second.facts).toEqual({
    disk: { value: 5, at: 1000, evidence: 'slow' },
    load: { value: 1, at: 2000, evidence: 'fast' },
  });
  expect(second.evidence.map((head) => head.id)).toEqual(['fast', 'slow']);
});

test.each([
  [true, { value: 10, at: 1000, evidence: 'p' }],
  [false, { value: null, at: 2000, evidence: 'p', why: 'no grant' }],
])('a failure that %s pass by itself leaves %o', (retryable, expected) => {
  const first = mergeAnswer(null, look(1000, outcome(1000, 'p', { facts: { 'a.total': 10 } })), []);
  const second = mergeAnswer(first, look(2000, outcome(2000, 'p', null, { error: failure(retryable) })), []);
  expect(second.facts['a.total']).toEqual(expected);
  expect(second.errors).toMatchObject([{ code: 'E_X', params: { probe: 'p' } }]);
  const third = mergeAnswer(second, look(3000, outcome(3000, 'p', { facts: { 'a.total': 11 } })), []);
  expect(third.errors).toEqual([]);
});

test('a counter gives a rate per second, and a restarted counter an unknown one', () => {
  const answers = [10, 30, 5].map((value, n) => outcome(1000 * n, 'p', { facts: { 'a.total': value } }));
  const [one, two, three] = answers;
  if (!one || !two || !three) throw new Error('three outcomes');
  const first = mergeAnswer(null, look(0, one), []);
  const second = mergeAnswer(first, look(1000, two), []);
  const third = mergeAnswer(second, look(2000, three), []);
  expect(first.facts['a.rate']).toBeUndefined();
  expect(second.facts['a.rate']).toEqual({ value: 20, at: 1000, evidence: 'p' });
  expect(third.facts['a.rate']).toMatchObject({ value: null, why: 'the counter restarted' });
});

test('a service carries the failure of its polled probe, and loses it when the probe works again', () => {
  const bad = outcome(1000, 'db/sql', null, { service: 'db', error: failure(true) });
  const good = outcome(2000, 'db/sql', { facts: { up: true } }, { service: 'db' });
  const first = mergeAnswer(null, look(1000, bad), ['db', 'other']);
  expect(first.services).toMatchObject({ db: { error: { code: 'E_X' } }, other: { facts: {} } });
  expect(mergeAnswer(first, look(2000, good), ['db']).services.db?.error).toBeUndefined();
});

test('edges change only when sockets were sampled', () => {
  const sockets: Parsed = {
    facts: {},
    listeners: [{ address: '0.0.0.0', port: 80 }],
    connections: [{ local: 'a', localPort: 80, peer: 'b', peerPort: 5 }],
  };
  const first = mergeAnswer(null, look(1000, outcome(1000, 'sockets', sockets)), []);
  const second = mergeAnswer(first, look(2000, outcome(2000, 'fast', { facts: {} })), []);
  expect(second.edges).toEqual(first.edges);
  expect(second.edges).toMatchObject([{ direction: 'in', port: 80, of: 1 }]);
});

test('a table is replaced by a newer reading, ages when its probe fails for the moment, is unknown when it fails for good', () => {
  const service = (at: number, parsed: Parsed | null, error: AppError | null = null) =>
    look(at, outcome(at, 'db/channels', parsed, { service: 'db', error }));
  const tableOf = (answer: ReturnType<typeof mergeAnswer>) => answer.services.db?.tables?.channels;
  const one = mergeAnswer(null, service(1000, { facts: {}, tables: { channels: [{ a: '1' }] } }), ['db']);
  expect(tableOf(one)).toEqual({ at: 1000, evidence: 'db/channels', rows: [{ a: '1' }], cut: false });
  const passing = mergeAnswer(one, service(2000, null, failure(true)), ['db']);
  expect(tableOf(passing)?.at).toBe(1000);
  const many = Array.from({ length: MAX_TABLE_ROWS + 1 }, () => ({ a: null }));
  const cut = mergeAnswer(passing, service(3000, { facts: {}, tables: { channels: many } }), ['db']);
  expect([tableOf(cut)?.rows.length, tableOf(cut)?.cut]).toEqual([MAX_TABLE_ROWS, true]);
  expect(tableOf(mergeAnswer(cut, service(4000, null, failure(false)), ['db']))).toBeUndefined();
});

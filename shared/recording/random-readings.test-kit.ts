import type { EvidenceHead, Fact, HostAnswer, HostReading } from '../snapshot';
import { failure, healthyDb } from '../testing/patronus';
import type { Json } from './diff';

/** Numbers in [0, 1) that a seed determines (mulberry32): a failing case can be repeated. */
export function numbers(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const PROCESSES = ['constructor', '7', ''];
const KEYS = ['a', 'b', '0', '1', '__proto__', 'constructor', 'é', ''];

/** Any JSON value, with the keys that break careless code. */
export function randomJson(next: () => number, depth = 4): Json {
  const kind = Math.floor(next() * (depth === 0 ? 5 : 8));
  if (kind === 0) return null;
  if (kind === 1) return next() < 0.5;
  if (kind === 2) return Math.floor(next() * 3);
  if (kind === 3) return KEYS[Math.floor(next() * KEYS.length)] ?? '';
  if (kind === 4) return [];
  const size = Math.floor(next() * 4);
  const inner = Array.from({ length: size }, () => randomJson(next, depth - 1));
  if (kind === 5) return inner;
  return Object.fromEntries(inner.map((value) => [KEYS[Math.floor(next() * KEYS.length)] ?? '', value]));
}

/** The next reading of a host that answers, vanishes, fails and changes as it likes. */
export function nextReading(before: HostReading, at: number, next: () => number): HostReading {
  const last =
    before.state === 'answered' ? before.answer : before.state === 'unreachable' ? before.last : null;
  if (next() < 0.15)
    return {
      state: 'unreachable',
      at,
      since: before.state === 'unreachable' ? before.since : at,
      error: failure('E_TCP_TIMEOUT', 'tcp', { host: 'db' }),
      last,
    };
  return { state: 'answered', answer: nextAnswer(last ?? healthyDb(), at, next) };
}

function nextAnswer(before: HostAnswer, at: number, next: () => number): HostAnswer {
  const head = (id: string): EvidenceHead => ({
    id,
    via: 'ssh',
    sent: `run ${id}`,
    account: 'watch',
    route: 'ssh',
    at: at - (next() < 0.5 ? 0 : Math.floor(next() * 200)),
    durationMs: Math.floor(next() * 90),
    exit: 0,
    bytes: Math.floor(next() * 9000),
  });
  const ran = ['host.poll', 'host.sockets', 'sql/mysql.gtid'].filter(() => next() < 0.6);
  const heads = new Map(before.evidence.map((each) => [each.id, each]));
  for (const id of ran) heads.set(id, head(id));
  const facts = Object.fromEntries(
    Object.entries(before.facts)
      .filter(() => next() > 0.02)
      .map(([id, fact]): [string, Fact] => {
        if (!ran.includes(fact.evidence)) return [id, fact];
        const value = next() < 0.3 ? Math.floor(next() * 5) : fact.value;
        // Some carry another time than their command, as a fact that was kept from before does.
        return [id, { ...fact, value, at: next() < 0.9 ? at : fact.at }];
      }),
  );
  const table = { at, evidence: 'sql/mysql.gtid', rows: [{ at: '=', evidence: 'x' }], cut: false };
  const sql = before.services.sql ?? { facts: {} };
  return {
    ...before,
    at,
    facts: next() < 0.2 ? { ...facts, __proto__x: { value: 1, at, evidence: 'none' } } : facts,
    evidence: [...heads.values()],
    edges: next() < 0.2 ? before.edges.toReversed() : before.edges.map((each) => ({ ...each, lastSeen: at })),
    processes:
      next() < 0.2
        ? { ...before.processes, [PROCESSES[Math.floor(next() * 3)] ?? 'x']: 1 }
        : before.processes,
    services: { sql: next() < 0.3 ? { ...sql, tables: { channels: table } } : sql },
    errors: next() < 0.1 ? [failure('E_SQL_TIMEOUT', 'query')] : [],
  };
}

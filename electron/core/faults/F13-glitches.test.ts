import { replicationOf } from '@shared/replication/replication-of';
import type { HostReading } from '@shared/snapshot';
import { answered, failure, healthyDb, NOW, PERIOD_MS, patronus, snapshotOf } from '@shared/testing/patronus';
import { topologyOf } from '@shared/topology/topology-of';
import { type LookResult, nextReading } from '@shared/watch/next-reading';
import { expect, test } from 'vitest';

/** Every way in which a look at a host ends when the host itself is well and the way to it is not. */
const GLITCHES = [
  failure('E_TCP_TIMEOUT', 'tcp'),
  failure('E_TCP_RESET', 'tcp'),
  failure('E_TCP_REFUSED', 'tcp'),
  failure('E_TCP_UNREACHABLE', 'tcp'),
  failure('E_DNS', 'dns'),
  failure('E_SSH_NO_BANNER', 'banner'),
  failure('E_SSH_HANDSHAKE', 'banner'),
  failure('E_COMMAND_TIMEOUT', 'command'),
  failure('E_CHANNEL', 'channel'),
  failure('E_LOST', 'lost'),
] as const;

/** Deterministic: the same on every run. */
function* noise(seed: number): Generator<number> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state;
  }
}

test('F13 in 1 000 glitches between desk and database it is never called down, nor its roles guessed', {
  timeout: 30_000,
}, () => {
  const estate = patronus();
  const random = noise(13);
  const next = () => random.next().value >>> 8;
  let reading: HostReading = answered(healthyDb());
  let glitches = 0;
  for (let look = 1; glitches < 1_000; look += 1) {
    const at = NOW + look * PERIOD_MS;
    const lost = next() % 3 > 0;
    const error = GLITCHES[next() % GLITCHES.length] ?? GLITCHES[0];
    const result: LookResult = lost ? { ok: false, error, at } : { ok: true, answer: healthyDb({ at }) };
    reading = nextReading(reading, result);
    if (!lost) continue;
    glitches += 1;
    const snapshot = { ...snapshotOf({ db: reading }), takenAt: at };
    const { nodes, findings } = topologyOf(estate, snapshot);
    const db = nodes.find(({ id }) => id === 'sql');
    expect([error.code, db?.health, db?.writable]).toEqual([error.code, 'unknown', null]);
    expect(findings.map(({ code }) => code)).not.toContain('SERVICE_DOWN');
    if (glitches % 20 > 0) continue;
    const [cluster] = replicationOf(estate, snapshot).clusters;
    expect(cluster?.members.map(({ role, writable }) => [role, writable])).toEqual([['unknown', null]]);
  }
});

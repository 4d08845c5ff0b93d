import type { Mark } from '@shared/recording/frame';
import type { Evidence, HostReading, Snapshot } from '@shared/snapshot';
import { healthyDb, patronus } from '@shared/testing/patronus';
import { stderrLog } from '../../ports-node';
import { Recorder, type RecorderOptions } from '../recorder';

/** The least estate file that holds what the readings of a test are about. */
export const YAML = `version: 1
estate: patronus
title: Patronus
sites: [{ id: datacenter, title: Datacenter }]
hosts:
  - { id: web, site: datacenter, address: 10.0.10.1 }
  - { id: db, site: datacenter, address: 10.0.20.2 }
services:
  - { id: sql, kind: mysql, role: database, hosts: [db] }
`;

/** A watcher's part in a recording: readings that a test sets, and a clock that it turns. */
export class TestWatch {
  now = Date.UTC(2026, 2, 1, 10);
  seq = 0;
  readonly hosts: Record<string, HostReading> = { web: { state: 'unasked' }, db: { state: 'unasked' } };
  readonly raw = new Map<string, string>();
  readonly marks: Mark[] = [];

  recorder(dir: string, more: Partial<RecorderOptions> = {}): Recorder {
    return new Recorder({
      dir,
      estate: patronus(),
      yaml: YAML,
      product: 'test',
      clock: { now: () => this.now, monotonic: () => this.now, sleep: async () => {} },
      log: stderrLog('silent'),
      snapshot: () => ({ seq: this.seq, snapshot: this.snapshot() }),
      evidenceOf: (host, id) => this.evidence(host, id),
      onMark: (mark) => this.marks.push(mark),
      ...more,
    });
  }

  snapshot(): Snapshot {
    return { estate: 'patronus', takenAt: this.now, periodMs: 3000, hosts: { ...this.hosts } };
  }

  /** A look at a host, `ms` after the one before: what it read, and one raw output. */
  look(recorder: Recorder, host: string, ms: number, raw = 'output', load = 0): void {
    this.now += ms;
    this.seq += 1;
    const at = this.now;
    this.raw.set(host, raw);
    const head = { id: 'host.poll', ...HEAD, at };
    const facts = { 'host.load': { value: load, at, evidence: 'host.poll' } };
    const reading: HostReading = { state: 'answered', answer: healthyDb({ at, facts, evidence: [head] }) };
    this.hosts[host] = reading;
    recorder.note({ seq: this.seq, host, reading });
  }

  private evidence(host: string, id: string): Evidence | null {
    const reading = this.hosts[host];
    const head = reading?.state === 'answered' && reading.answer.evidence.find((one) => one.id === id);
    return head ? { ...head, raw: this.raw.get(host) ?? '', truncated: false } : null;
  }
}

const HEAD = {
  via: 'ssh',
  sent: 'poll',
  account: 'watch',
  route: 'ssh 127.0.0.1:22',
  durationMs: 12,
  exit: 0,
  bytes: 500,
} as const;

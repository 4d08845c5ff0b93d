import { expect, test } from 'vitest';
import type { HostReading } from '../snapshot';
import { answered, failure, healthyDb, patronus, snapshotOf, unreachable } from '../testing/patronus';
import { topologyOf } from '../topology/topology-of';
import { markText } from './mark-text';
import { findingId, type Known, marksSince, shapeOf } from './marks';
import { durationFrom, momentFrom } from './moment-text';

const view = (hosts: Record<string, HostReading> = {}) => topologyOf(patronus(), snapshotOf(hosts));
const gone = unreachable(failure('E_TCP_TIMEOUT', 'tcp'), healthyDb());
const dead = answered(healthyDb({ processes: { sshd: 1 }, listeners: [] }));
/** The marks that a course of views leaves, in brief. */
const briefly = (...views: ReturnType<typeof view>[]) => {
  let known: Known | null = null;
  const all: string[] = [];
  for (const each of views) {
    const { marks, known: next } = marksSince(known, each, 5);
    known = next;
    for (const mark of marks)
      all.push(
        'host' in mark
          ? `${mark.what} ${mark.host}`
          : 'finding' in mark
            ? `${mark.what} ${findingId(mark.finding)}`
            : mark.what,
      );
  }
  return all;
};

test('a host that is lost and back is one mark each, and no finding is said to be gone that cannot be seen', () => {
  expect(briefly(view(), view({ db: gone }), view())).toEqual(['host-lost db', 'host-back db']);
  const down = view({ db: dead });
  expect(briefly(down, view({ db: gone }), down)).toEqual(['host-lost db', 'host-back db']);
  expect(briefly(down, view({ db: gone }), view())).toContain('finding-went SERVICE_DOWN/sql');
});

test('a service that goes down and comes back is a finding that came and went', () => {
  expect(briefly(view(), view({ db: dead }))).toContain('finding-came SERVICE_DOWN/sql');
  expect(briefly(view({ db: dead }), view())).toContain('finding-went SERVICE_DOWN/sql');
});

test('what was found at the first look is not news', () => {
  expect(briefly(view({ db: dead }))).toEqual([]);
  expect(briefly(view({ db: { state: 'unasked' } }), view({ db: dead }))).toEqual([]);
});

test('every mark has a sign and a sentence in both languages', () => {
  const before = marksSince(null, view(), 5).known;
  const marks = [gone, dead].flatMap((db) => marksSince(before, view({ db }), 5).marks);
  expect(marks.map(shapeOf)).toEqual(expect.arrayContaining(['unknown', 'critical']));
  for (const mark of marks) {
    expect(markText(mark, 'en')).not.toBe('');
    expect(markText(mark, 'fr')).not.toBe(markText(mark, 'en'));
  }
});

const line = { from: Date.UTC(2026, 2, 1, 23, 50), to: Date.UTC(2026, 2, 2, 0, 10) };
test.each([
  ['00:05', Date.UTC(2026, 2, 2, 0, 5)],
  ['23:55:30', Date.UTC(2026, 2, 1, 23, 55, 30)],
  ['2026-03-01T23:59:00Z', Date.UTC(2026, 2, 1, 23, 59)],
  ['2026-03-02T00:59:00+01:00', Date.UTC(2026, 2, 1, 23, 59)],
  ['2026-03-02', null],
  ['24:00', null],
  ['soon', null],
])('the time %s is read', (text, at) => expect(momentFrom(text, line)).toBe(at));

test.each([
  ['90s', 90_000],
  ['10m', 600_000],
  ['2h', 7_200_000],
  ['10', null],
  ['-1m', null],
])('the duration %s is read', (text, ms) => expect(durationFrom(text)).toBe(ms));

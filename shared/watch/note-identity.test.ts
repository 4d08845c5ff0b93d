import { expect, it } from 'vitest';
import type { SeenIdentity } from '../snapshot';
import { areTwoServers, noteIdentity } from './note-identity';

const MINUTE = 60_000;
const seen = (more: Partial<SeenIdentity>): SeenIdentity => ({
  hostKey: 'SHA256:a',
  boot: 'one',
  bootedAt: 0,
  firstSeen: 10 * MINUTE,
  lastSeen: 20 * MINUTE,
  ...more,
});

it.each<[string, Partial<SeenIdentity>, boolean]>([
  ['the same server, later', {}, false],
  ['a renewed host key on the same boot', { hostKey: 'SHA256:b' }, false],
  ['a reboot', { boot: 'two', bootedAt: 21 * MINUTE }, false],
  ['a reboot, told to the second', { boot: 'two', bootedAt: 20 * MINUTE - 2_000 }, false],
  ['a server that was running all the time', { boot: 'two', bootedAt: 5 * MINUTE }, true],
  ['one that started while the first still answered', { boot: 'two', bootedAt: 19 * MINUTE }, true],
  ['another key and another boot', { boot: 'two', hostKey: 'SHA256:b', bootedAt: 21 * MINUTE }, true],
])('%s', (_what, later, expected) => {
  expect(areTwoServers(seen({}), seen({ firstSeen: 22 * MINUTE, lastSeen: 22 * MINUTE, ...later }))).toBe(
    expected,
  );
});

it('a name that goes back and forth is noticed at the first change, and still after the change back', () => {
  const a = { hostKey: 'SHA256:a', boot: 'one' };
  const b = { hostKey: 'SHA256:a', boot: 'two' };
  let list = noteIdentity([], { ...a, uptime: 600, at: 1_000_000 });
  list = noteIdentity(list, { ...b, uptime: 900, at: 1_060_000 });
  list = noteIdentity(list, { ...a, uptime: 720, at: 1_120_000 });
  expect(list.map(({ boot, firstSeen, lastSeen }) => [boot, firstSeen, lastSeen])).toEqual([
    ['two', 1_060_000, 1_060_000],
    ['one', 1_000_000, 1_120_000],
  ]);
  const [older, newer] = list;
  expect(older && newer && areTwoServers(older, newer)).toBe(true);
});

it('what was not told is not noted, and only the last four are kept', () => {
  expect(noteIdentity([], { hostKey: 'SHA256:a', boot: null, uptime: 1, at: 1 })).toEqual([]);
  expect(noteIdentity([], { hostKey: 'SHA256:a', boot: 'one', uptime: null, at: 1 })).toEqual([]);
  const reboots = ['1', '2', '3', '4', '5'].reduce<SeenIdentity[]>(
    (list, boot, index) => noteIdentity(list, { hostKey: 'SHA256:a', boot, uptime: 1, at: index * MINUTE }),
    [],
  );
  expect(reboots.map(({ boot }) => boot)).toEqual(['2', '3', '4', '5']);
});

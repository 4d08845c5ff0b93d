import { describe, expect, it } from 'vitest';
import { repeatedIn, type Sending } from './entry';
import { FOLD_MS, Fold } from './fold';

const sending = (more: Partial<Sending> = {}): Sending => ({
  kind: 'statement',
  host: 'db',
  account: 'watch',
  route: 'ssh → 3306',
  name: 'mysql.status',
  text: '#1',
  background: true,
  durationMs: 11.4,
  result: { state: 'done', status: null, bytes: 100 },
  ...more,
});
const failed: Partial<Sending> = {
  result: {
    state: 'failed',
    error: { code: 'E_SQL_TIMEOUT', stage: 'query', message: 'x', retryable: true },
  },
};

describe('what gets a record of its own', () => {
  const seen = (first: Partial<Sending>, second: Partial<Sending>) => {
    const fold = new Fold();
    fold.take(0, sending(first));
    return fold.take(1, sending(second)) !== null;
  };
  it.each<[string, Partial<Sending>, Partial<Sending>, boolean]>([
    ['the same again', {}, {}, false],
    ['the same to another host', {}, { host: 'web' }, true],
    ['another text', {}, { text: '#2' }, true],
    ['by another account', {}, { account: 'act' }, true],
    ['another status', {}, { result: { state: 'done', status: 1, bytes: 0 } }, true],
    ['another number of bytes', {}, { result: { state: 'done', status: null, bytes: 9 } }, false],
    ['a failure', {}, failed, true],
    ['a failure again', failed, failed, true],
    ['all right again', failed, {}, true],
    ['wanted by a person', {}, { background: false }, true],
  ])('%s: %s', (_, first, second, own) => expect(seen(first, second)).toBe(own));

  it('the first sending', () => expect(new Fold().take(0, sending())).not.toBeNull());
});

it('keeps the time and duration of every sending, one record a minute for each host', () => {
  const fold = new Fold();
  const hosts = ['db', 'web'];
  for (const host of hosts) fold.take(0, sending({ host }));
  const sent = [3_000, 6_010, 8_990, 12_000];
  for (const host of hosts) for (const at of sent) fold.take(at, sending({ host, durationMs: at / 1_000 }));
  fold.take(9_500, sending({ text: '#2' }));
  fold.take(9_600, sending({ text: '#2' }));
  expect(fold.due(3_000 + FOLD_MS - 1)).toEqual([]);
  const due = fold.due(3_000 + FOLD_MS);
  expect(due.map(({ at, what }) => [at, what.kind === 'polled' && what.host])).toEqual([
    [3_000, 'db'],
    [3_000, 'web'],
  ]);
  const [db] = due;
  const groups = db?.what.kind === 'polled' ? repeatedIn(db.what) : [];
  const times = groups.map((group) => {
    let at = db?.at ?? 0;
    return group.sent.map(([since, took]) => {
      at += since;
      return [at, took];
    });
  });
  expect(times).toEqual([
    [
      [3_000, 3],
      [6_010, 6],
      [8_990, 9],
      [12_000, 12],
    ],
    [[9_600, 11]],
  ]);
  expect(fold.all()).toEqual([]);
});

it('a clock that is set back ends the minute', () => {
  const fold = new Fold();
  fold.take(100_000, sending());
  fold.take(101_000, sending());
  expect(fold.due(50_000)).toHaveLength(1);
});

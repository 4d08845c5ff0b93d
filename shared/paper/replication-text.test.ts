import { expect, test } from 'vitest';
import { clusterOf, following, member, trx } from '../replication/cluster.test-kit';
import { REPLICATION_RULES } from '../replication/rules';
import { texts } from '../text';
import { ruleText } from '../text/replication-text';
import { replicationToText } from './replication-text';

const db = member('db', 1);
const a = member('db-a', 2, { channels: [following(1)] });
const b = member('db-b', 3, {
  gtid: { executed: trx(48_096_231) },
  heartbeat: { table: 'heartbeat', serverId: '1', writtenAt: null, ageSeconds: 41.3 },
  channels: [following(2, { received: trx(48_096_231), lastHeard: 958_700 })],
});
const verdict = {
  node: 'db',
  verdict: 'unreachable-from-here' as const,
  terms: [
    {
      code: 'console-ssh',
      params: { code: 'E_TCP_TIMEOUT' },
      holds: false,
      observer: 'console',
      at: 999_000,
      evidence: [],
    },
    {
      code: 'replica-hears',
      params: { receiver: 'on', seconds: '1', error: '' },
      holds: true,
      observer: 'db-a',
      at: 998_000,
      evidence: [],
    },
    { code: 'host-reaches', params: {}, holds: null, observer: 'web', at: null, evidence: [] },
  ],
};
const page = (language: 'en' | 'fr', ...servers: Parameters<typeof clusterOf>[0]) =>
  replicationToText(
    { takenAt: 1_000_000, clusters: [clusterOf(servers, { verdicts: [verdict] })] },
    language,
  );

test('the tree, lag with its basis, the verdict with its terms, candidates with reasons', () => {
  const text = page('en', db, a, b);
  const line = (start: string) => text.split('\n').find((one) => one.trimStart().startsWith(start));
  expect(text).toContain('Database [db] · a chain · 3 servers, 1 writable');
  expect(line('db ')).toMatch(
    /primary +writable +MySQL 8\.4\.3 +10\.0\.20\.1 +not a replica +GTID executed …:1-48113902$/,
  );
  expect(line('└─ db-a')).toMatch(
    /intermediate replica +read-only .* 0\u00a0s \(by positions\) +receives, applies$/,
  );
  expect(line('└─ db-b')).toMatch(
    /replica +read-only .* 41\.3\u00a0s \(by heartbeat\) +half-open: nothing comes \(receives, applies\) · missing 17\u202f671$/,
  );
  expect(text).toMatch(/^ {5}└─ db-b/m);
  expect(text).toContain('[HALF_OPEN_LINK, ');
  expect(text).toContain('Verdict on the primary db: not reached from this desk, and alive');
  expect(line('this console')).toMatch(/reached over SSH \(E_TCP_TIMEOUT\) +no +1\u00a0s ago$/);
  expect(line('web')).toMatch(/reaches it +unknown +not read$/);
  expect(text).toMatch(
    /^ {2}db-b +refused +replicates from db-a, not from the primary, nothing reaches it any more/m,
  );
  expect(text).toMatch(/^Checked: \d+ rules, \d+ unknown$/m);
});

test('a silent server is unknown in every column, and its link is never called broken', () => {
  const text = page(
    'en',
    db,
    member('db-a', 2, {
      state: 'silent',
      channels: null,
      dumps: null,
      readOnly: null,
      version: null,
      product: null,
    }),
  );
  expect(text).toMatch(
    /^ {2}db-a +role unknown +writable or not is unknown +— .* unknown +does not answer$/m,
  );
  expect(text).not.toContain('broken');
});

test('both languages say everything in their own words', () => {
  expect(page('fr', db, a, b)).toMatch(/à demi ouvert\u00a0: rien n’arrive/);
  const english = texts('en').replication;
  const french = texts('fr').replication;
  expect(Object.keys(french.rules)).toEqual(Object.keys(english.rules));
});

test('a server that names its source with line breaks writes no line of ours', () => {
  const evil = member('db-a', 2, {
    channels: [following(1, { source: { host: 'x\n  db  primary', port: 3306, uuid: null } })],
  });
  const text = page('en', evil);
  expect(text).toContain('x\\n  db  primary');
  expect(text).not.toMatch(/^ {2}db {2}primary/m);
});

test('no database, no cluster', () => {
  expect(replicationToText({ takenAt: 0, clusters: [] }, 'en')).toBe('The estate names no database.\n');
});

test('every rule has a name of its own, in both languages', () => {
  const codes = [...new Set(REPLICATION_RULES.map((rule) => rule.code))];
  for (const language of ['en', 'fr'] as const)
    expect(codes.filter((code) => ruleText(code, language) === code)).toEqual([]);
});

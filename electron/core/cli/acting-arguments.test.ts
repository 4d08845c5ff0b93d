import { expect, test } from 'vitest';
import { readActingArguments } from './acting-arguments';

const read = (line: string) => readActingArguments(line.split(' ').filter(Boolean), 'C');

test.each([
  ['switchover data --to db-b', /--estate FILE is missing/],
  ['switchover --estate e', /name the cluster/],
  ['switchover data --estate e', /--to HOST is missing/],
  ['switchover data --to db-b --estate e', /nothing is done without --confirm NAME/],
  ['switchover data --to db-b --estate e --dry-run --confirm db-a', /not both/],
  ['switchover data more --to db-b --estate e --dry-run', /"more"/],
  ['switchover data --to db-b --estate e --dry-run --override BACKUP', /"BACKUP" is not CODE=TEXT/],
  ['switchover data --to db-b --estate e --dry-run --key k', /knows no --key/],
  ['switchover data --to db-b --estate e --force', /--force/],
  ['rejoin --estate e', /name the cluster/],
  ['rejoin data --estate e --dry-run', /--server HOST is missing/],
  ['rejoin data --server db-a --way flashback --estate e', /nothing is done without --confirm NAME/],
  [
    'rejoin data --server db-a --way skip --estate e',
    /"skip" is none of attach, flashback, rebuild, quarantine/,
  ],
  ['rejoin data --server db-a --estate e --dry-run --confirm db-a', /not both/],
  ['rejoin data --server db-a --to db-b --estate e --dry-run', /knows no --to/],
  ['run --estate e', /say list, show/],
  ['run look --estate e', /"look"/],
  ['run list r1 --estate e', /"r1"/],
  ['run show --estate e', /name the run/],
  ['run resume r1 --estate e', /without --confirm NAME, the server/],
  ['run take-over r1 --estate e', /who began the run/],
  ['failover data --dry-run --confirm db-a --estate e', /either --dry-run or --confirm/],
  ['failover data --override own --estate e', /CODE=TEXT/],
  ['failover data --save p.json --confirm db-a --estate e', /--save goes with --dry-run/],
  ['run go r1 --estate e', /without --confirm NAME, the server/],
  ['run throttle r1 --estate e', /--to LEVEL is missing/],
  ['run throttle r1 --to fast --estate e', /--to LEVEL is missing/],
  ['run resume r1 --to 5 --confirm db-a --estate e', /about run throttle/],
  ['grants --estate e', /name the host/],
  ['approve --estate e', /name the file/],
  ['approve plan.json --estate e --minutes 0', /"0"/],
  ['switchover data --to db-b --estate e --dry-run --lang de', /neither en nor fr/],
  ['run list --estate e --egress open', /only tighten/],
])('%s is refused in one sentence', (line, expected) => {
  const result = read(line);
  expect(result).toMatchObject({ ok: false, error: { code: 'E_USAGE' } });
  if (!result.ok) expect(result.error.message).toMatch(expected);
});

test('full lines are read', () => {
  const common = { estate: 'e', json: false, language: 'en', dataDir: null, egress: null };
  expect(
    read(
      'switchover data --to db-b --estate e --confirm db-a --override BACKUP=no=yes --override LAG=late --save p',
    ),
  ).toEqual({
    ok: true,
    value: {
      ...common,
      command: 'switchover',
      confirm: 'db-a',
      cluster: 'data',
      to: 'db-b',
      dryRun: false,
      overrides: [
        { code: 'BACKUP', typed: 'no=yes' },
        { code: 'LAG', typed: 'late' },
      ],
      plan: null,
      approval: null,
      save: 'p',
      script: null,
    },
  });
  expect(read('rejoin data --server db-a --estate e --confirm db-a')).toEqual({
    ok: true,
    value: {
      ...{ ...common, command: 'rejoin', confirm: 'db-a', cluster: 'data', server: 'db-a' },
      ...{ way: 'attach', overrides: [] },
    },
  });
  expect(read('run throttle r1 --to 5 --step copy --estate e')).toMatchObject({
    value: { verb: 'throttle', id: 'r1', level: 5, step: 'copy', confirm: null },
  });
  expect(read('run list --estate e --servers')).toMatchObject({ value: { verb: 'list', servers: true } });
  expect(read('run abort r1 --estate e --confirm db-a')).toMatchObject({
    value: { verb: 'abort', id: 'r1' },
  });
  expect(read('approve p.json --estate e --key agent')).toMatchObject({
    value: { key: 'agent', minutes: 60 },
  });
  expect(read('switchover data --plan p.json --estate e --confirm db-a')).toMatchObject({ ok: true });
});

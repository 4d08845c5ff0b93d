import { expect, test } from 'vitest';
import { parseConfig } from './mysql-config';

const tableOf = (stdout: string) => parseConfig({ stdout, stderr: '', exit: 0 }).tables?.config ?? null;

test.each<[string, string, ReturnType<typeof tableOf>]>([
  [
    'lines of several files, as they stand there',
    '/etc/my.cnf|read-only = 1\n/etc/mysql/conf.d/a.cnf|loose_super_read_only="OFF"\nend|2|0\n',
    [
      { file: '/etc/my.cnf', key: 'read_only', value: '1' },
      { file: '/etc/mysql/conf.d/a.cnf', key: 'super_read_only', value: 'OFF' },
    ],
  ],
  [
    'a name alone switches it on',
    '/etc/my.cnf|skip-replica-start\nend|1|0\n',
    [{ file: '/etc/my.cnf', key: 'skip_replica_start', value: '1' }],
  ],
  ['files that say nothing of it', 'end|3|0\n', []],
  ['no file at all', 'end|0|0\n', null],
  ['a file that could not be read may say the opposite', '/etc/my.cnf|read_only\nend|1|1\n', null],
  ['an answer that was cut', '/etc/my.cnf|read_only\n', null],
  ['nothing', '', null],
])('%s', (_name, stdout, expected) => {
  expect(tableOf(stdout)).toEqual(expected);
});

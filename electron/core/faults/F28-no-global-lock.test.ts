import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

/**
 * A global read lock ends with the session that holds it, and whoever it kept waiting writes then: acknowledged on a server
 * that is no primary any more. So no plan fences with one. Looked at is every statement of the plans that are kept as text.
 */

const shared = path.resolve(import.meta.dirname, '../../../shared');
const PLANS = ['switchover', 'failover'].flatMap((procedure) => {
  const folder = path.join(shared, procedure, 'golden');
  return readdirSync(folder).map((name) => ({
    name: `${procedure}/${name}`,
    text: readFileSync(path.join(folder, name), 'utf8'),
  }));
});
const GLOBAL_LOCK =
  /FLUSH\s+(LOCAL\s+|NO_WRITE_TO_BINLOG\s+)?TABLES|LOCK\s+(TABLES|INSTANCE)|BACKUP\s+STAGE/i;

test('the plans that are looked at close a server, and a global lock would be seen', () => {
  expect(PLANS.filter(({ text }) => /SET GLOBAL (super_)?read_only = 1/.test(text)).length).toBeGreaterThan(
    1,
  );
  for (const text of ['FLUSH TABLES WITH READ LOCK', 'flush local tables', 'LOCK INSTANCE FOR BACKUP'])
    expect(text).toMatch(GLOBAL_LOCK);
});

test.each(PLANS)('F28 $name fences with nothing that ends with its session', ({ text }) => {
  expect(text.split('\n').filter((line) => GLOBAL_LOCK.test(line))).toEqual([]);
});

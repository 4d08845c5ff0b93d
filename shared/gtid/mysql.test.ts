import { describe, expect, test } from 'vitest';
import { randomOf, randomSet } from './gtid.test-kit';
import { contains, count, equal, intersect, subtract, union, writtenBy } from './mysql-algebra';
import { type MysqlGtidSet, parseMysqlSet, printMysqlSet } from './mysql-set';

const U = '3e11fa47-71ca-11e1-9e33-c80aa9429562';
const V = 'aaaaaaaa-71ca-11e1-9e33-c80aa9429562';
const set = (text: string): MysqlGtidSet => {
  const read = parseMysqlSet(text);
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
};

test.each([
  ['', ''],
  [`${U}:1`, `${U}:1`],
  [` ${U.toUpperCase()} : 1 - 5 `, `${U}:1-5`],
  [`${U.replaceAll('-', '')}:3`, `${U}:3`],
  [`${U}:5:1-3:4`, `${U}:1-5`],
  [`${V}:1,\n${U}:1-2:7-9`, `${U}:1-2:7-9,${V}:1`],
  [`${U}:1-5:tag:1-3`, `${U}:1-5:tag:1-3`],
  [`${U}:TAG:2:1-5:a:1`, `${U}:a:1:tag:1-5`],
  [`${U}:b:1,${U}:1`, `${U}:1:b:1`],
  [`${U}:9223372036854775806`, `${U}:9223372036854775806`],
  [`,${U}:1,,`, `${U}:1`],
])('%s is read as %s', (text, canonical) => {
  expect(printMysqlSet(set(text))).toBe(canonical);
});

test.each([
  ['no uuid', 'abc:1'],
  ['no interval', U],
  ['an open end', `${U}:1-`],
  ['cut off in the middle', `${U}:1-5,${V.slice(0, 20)}`],
  ['zero', `${U}:0`],
  ['backwards', `${U}:5-3`],
  ['beyond the last number', `${U}:9223372036854775807`],
  ['a tag without numbers', `${U}:1:tag`],
  ['a tag that is none', `${U}:1:9tag:1`],
  ['two tags in a row', `${U}:a:b:1`],
  ['half a number', `${U}:1.5`],
  ['a MariaDB position', '0-1-100'],
])('%s is refused whole', (_what, text) => {
  expect(parseMysqlSet(text)).toMatchObject({ ok: false, error: { code: 'E_GTID' } });
});

test('the part that one server wrote includes its tags', () => {
  expect(printMysqlSet(writtenBy(set(`${U}:1:t:2,${V}:3`), U.toUpperCase()))).toBe(`${U}:1:t:2`);
});

test('huge sets are counted exactly', () => {
  expect(count(set(`${U}:1-9223372036854775806,${V}:1-9223372036854775806`))).toBe(18446744073709551612n);
});

describe('against sets of single transactions, 5 000 random pairs', () => {
  const members = (of: MysqlGtidSet): Set<string> => {
    const all = new Set<string>();
    for (const [origin, intervals] of of)
      for (const { from, to } of intervals) for (let n = from; n <= to; n += 1n) all.add(`${origin}=${n}`);
    return all;
  };
  const random = randomOf(1);
  const cases = Array.from(
    { length: 5_000 },
    () => [set(randomSet(random)), set(randomSet(random))] as const,
  );

  test('algebra', () => {
    for (const [a, b] of cases) {
      const [x, y] = [members(a), members(b)];
      const difference = new Set([...x].filter((one) => !y.has(one)));
      expect(members(subtract(a, b))).toEqual(difference);
      expect(members(union(a, b))).toEqual(new Set([...x, ...y]));
      expect(members(intersect(a, b))).toEqual(new Set([...x].filter((one) => y.has(one))));
      expect(contains(b, a)).toBe(difference.size === 0);
      expect(count(a)).toBe(BigInt(x.size));
    }
  });

  test('what is printed reads back as the same set', () => {
    for (const [a] of cases) {
      const printed = printMysqlSet(a);
      expect(equal(set(printed), a)).toBe(true);
      expect(printMysqlSet(set(printed))).toBe(printed);
    }
  });
});

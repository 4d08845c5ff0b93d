import { randomOf, randomSet } from '@shared/gtid/gtid.test-kit';
import { contains, subtract } from '@shared/gtid/mysql-algebra';
import { parseMysqlSet, printMysqlSet } from '@shared/gtid/mysql-set';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Lab } from '../../lab/api';
import { buildPrograms, freshBase, removeBase, smallLab } from '../../lab/test-lab';

const GATE_PORT = 2311;
const CASES = 10_000;

let base: string;
let lab: Lab;
beforeAll(async () => {
  base = await freshBase();
  lab = await smallLab(base, await buildPrograms(), { gatePort: GATE_PORT, engine: 'mysql' });
});
afterAll(async () => {
  await lab?.down({ purge: true });
  await removeBase(base);
});

it('agrees with GTID_SUBTRACT and GTID_SUBSET of MySQL 9.7 on 10 000 random pairs', async () => {
  const random = randomOf(20);
  const pairs = Array.from({ length: CASES }, () => [randomSet(random), randomSet(random)] as const);
  // NO_BACKSLASH_ESCAPES is off: the only special characters in a set are line breaks, which may stand in a string.
  const statements = pairs.map(
    ([a, b]) =>
      `SELECT REPLACE(GTID_SUBTRACT('${a}', ''), '\\n', ''), REPLACE(GTID_SUBTRACT('${a}', '${b}'), '\\n', ''), GTID_SUBSET('${a}', '${b}');`,
  );
  const { stdout } = await lab.exec('db', ['/opt/lab/mysql.sh', 'sql', '-N', '-B'], {
    input: statements.join('\n'),
    timeoutMs: 120_000,
  });
  const answers = stdout.replace(/\n$/, '').split('\n');
  expect(answers).toHaveLength(CASES);
  const disagreements = pairs.flatMap(([a, b], index) => {
    const [left, right] = [parseMysqlSet(a), parseMysqlSet(b)];
    const ours =
      left.ok && right.ok
        ? [
            printMysqlSet(left.value),
            printMysqlSet(subtract(left.value, right.value)),
            contains(right.value, left.value) ? '1' : '0',
          ].join('\t')
        : 'refused';
    return ours === answers[index] ? [] : [{ a, b, ours, server: answers[index] }];
  });
  expect(disagreements).toEqual([]);
});

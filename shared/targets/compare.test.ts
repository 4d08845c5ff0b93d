import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LedgerEntry } from '../contract';
import { openDerived } from '../plan/ledger/open-derived';
import { TargetComparison, type TargetVariant } from '../views/targets';
import { targetBasisOf, targetFigure } from './basis';
import { compareTargets } from './compare';
import { targetInputsOf } from './inputs';
import { ESTATES, entry, estatesFrom } from './targets.test-kit';

const estateOf = estatesFrom((file) =>
  readFileSync(path.resolve(import.meta.dirname, '../../estates', file), 'utf8'),
);
const patronus = estateOf('patronus');
const variantOf = (entries: LedgerEntry[], id: string, estate = patronus): TargetVariant => {
  const found = compareTargets(estate, entries, null).variants.find((each) => each.id === id);
  if (!found) throw new Error(`no variant ${id}`);
  return found;
};
const times = (part: string, betweenFailures: number, repair: number): LedgerEntry[] => [
  entry(`availability/${part}/betweenFailures`, betweenFailures, 'h'),
  entry(`availability/${part}/repair`, repair, 'h'),
];
const failover = (part: string, minutes: number, success: number): LedgerEntry[] => [
  ...['detect', 'decide', 'act', 'client'].map((name) =>
    entry(`availability/${part}/${name}`, minutes / 4, 'min'),
  ),
  entry(`availability/${part}/success`, success, '%'),
];
const shared = (part: string, beta: number) => entry(`availability/${part}/commonCause`, beta, '%');
/** Three boxes of 99.5 %: ten hours of repair after 1 990 hours. */
const three = ['web', 'db', 'files'].flatMap((part) => times(part, 1990, 10));

test.each(ESTATES)(
  '%s: with what is stated alone, every target stands, and no number is invented',
  (name) => {
    for (const language of ['en', 'fr'] as const) {
      const comparison = compareTargets(estateOf(name), [], null, language);
      expect(TargetComparison.parse(comparison)).toEqual(comparison);
      expect(comparison.variants.length).toBeGreaterThanOrEqual(3);
      const paths = new Set(targetInputsOf(estateOf(name), language).map(({ path }) => path));
      for (const { id, mistakes, paths: ways, cost, cannot, rollingUpdate } of comparison.variants) {
        expect(
          mistakes.filter(({ code }) => code !== 'not-placed'),
          id,
        ).toEqual([]);
        for (const { shared: figure } of ways) {
          expect(figure.value, id).toBeNull();
          expect(figure.missing.length).toBeGreaterThan(0);
          for (const missing of figure.missing) expect(paths, missing).toContain(missing);
        }
        expect(cost?.perMonth.value).toBeNull();
        if (id === 'as-is') continue;
        expect(cannot.length, id).toBeGreaterThan(0);
        expect(rollingUpdate.length, id).toBeGreaterThan(0);
      }
    }
  },
);

describe('the worked figures come out of Patronus when its inputs are entered', () => {
  test('three in series at 99.5 % are 98.51 %, 10.9 hours a month', () => {
    const [path] = variantOf(three, 'as-is').paths;
    expect((path?.shared.value ?? 0) * 100).toBeCloseTo(98.51, 2);
    expect(path?.shared.text).toBe('98.51\u00a0%');
    expect((path?.downPerMonth.value ?? 0) / 3600).toBeCloseTo(10.9, 1);
    expect(path?.shared.value).toBe(path?.independent.value);
  });

  test('two web servers of 99 % are 99.99 %, with a tenth of shared causes 99.892 %', () => {
    const entries = [...times('web', 990, 10), shared('web', 10)];
    const basis = targetBasisOf(patronus, entries, null, 'en');
    const web = targetFigure(basis, 'targets/balanced-pair/part/web');
    expect(web?.known && web.value.likely * 100).toBeCloseTo(99.8919, 4);
    expect(variantOf(entries, 'balanced-pair').paths[0]?.parts[1]?.availability.text).toBe('99.892\u00a0%');
    const alone = targetBasisOf(patronus, [...entries, shared('web', 0)], null, 'en');
    const free = targetFigure(alone, 'targets/balanced-pair/part/web');
    expect(free?.known && free.value.likely * 100).toBeCloseTo(99.99, 6);
  });

  test('a manual failover of 25 minutes is 99.9815 %', () => {
    const entries = [...times('db', 4380, 8), ...failover('db', 25, 95), shared('db', 0)];
    const db = targetFigure(targetBasisOf(patronus, entries, null, 'en'), 'targets/balanced-pair/part/db');
    expect(db?.known && db.value.likely * 100).toBeCloseTo(99.9815, 4);
  });

  test('2 400 against 1 100 a month, 9 000 once and two months of both: after 8.6 months', () => {
    const entries = [
      entry('costs/as-is/perMonth', 2400, 'EUR'),
      entry('costs/balanced-pair/perMonth', 1100, 'EUR'),
      entry('costs/balanced-pair/once', 9000, 'EUR'),
      entry('costs/balanced-pair/overlap', 2, '1'),
    ];
    const { cost } = variantOf(entries, 'balanced-pair');
    expect(cost?.breakEven?.value).toBeCloseTo(8.6, 1);
    expect(cost?.breakEvenText).toBe('after 8.62 months');
    const paid = cost?.overYears.find(({ years }) => years === 3)?.paid.value;
    expect(paid).toBeCloseTo(-9000 - 2200 - (13200 / 1.07 + 13200 / 1.07 ** 2 + 13200 / 1.07 ** 3), 6);
    const french = compareTargets(patronus, entries, null, 'fr').variants.find(
      ({ id }) => id === 'balanced-pair',
    );
    expect(french?.cost?.breakEvenText).toBe('après 8,62 mois');
    expect(french?.cost?.breakEven?.text).toBe('8,62\u00a0mois');
    const dear = variantOf([...entries, entry('costs/balanced-pair/perMonth', 2500, 'EUR')], 'balanced-pair');
    expect(dear.cost?.breakEven?.value).toBeNull();
    expect(dear.cost?.breakEvenText).toBe('never: it costs 100\u00a0EUR more each month');
    // And then it does not remove the problem of the cost.
    expect(dear.mistakes).toMatchObject([
      { code: 'claims-too-much', at: 'scenarios/balanced-pair/removes/2' },
    ]);
  });
});

test('every figure that is known opens down to lines of the ledger; the one reference is cited', () => {
  const entries = targetInputsOf(patronus, 'en').map(({ path, unit, dimension }) =>
    entry(
      path,
      dimension === 'money'
        ? 100
        : dimension === 'fraction'
          ? 50
          : path.endsWith('etweenFailures')
            ? 5000
            : 1,
      unit,
    ),
  );
  const basis = targetBasisOf(patronus, entries, null, 'en');
  expect(basis.figures.size).toBeGreaterThan(60);
  for (const [id, { derived }] of basis.figures) {
    const ends = openDerived(derived).filter(({ origin }) => origin.kind !== 'formula');
    expect(ends.length, id).toBeGreaterThan(0);
    for (const { origin } of ends) expect(origin.kind, id).toBe('input');
  }
  expect(targetBasisOf(patronus, [], null, 'en').ledger.get('costs/discountRate')).toMatchObject({
    provenance: { kind: 'reference', cite: expect.stringContaining('Azure') },
  });
});

test('what each target removes and leaves: the replica one point of three, the pairs all of them', () => {
  const left = (id: string) => variantOf([], id).singlePoints.left.map(({ server }) => server);
  const removed = (id: string) => variantOf([], id).singlePoints.removed.map(({ server }) => server);
  expect(left('as-is')).toEqual(['web', 'db', 'files']);
  expect(left('minimal-replica')).toEqual(['web', 'files']);
  expect(removed('minimal-replica')).toEqual(['db']);
  for (const id of ['balanced-pair', 'web-containers']) {
    expect(left(id)).toEqual([]);
    expect(removed(id)).toEqual(['web', 'db', 'files']);
    const { removes, rollingUpdate } = variantOf([], id);
    expect(removes.map(({ problem }) => problem)).toEqual([
      'no-high-availability',
      'no-scaling',
      'datacenter-cost',
      'manual-updates',
    ]);
    for (const { proof } of removes) expect(proof).not.toBeNull();
    for (const { title, stops } of rollingUpdate) expect(stops, title).toEqual([]);
  }
  // The replica's update of the web server cuts users off, and the comparison says so by itself.
  expect(variantOf([], 'minimal-replica').rollingUpdate.map(({ stops }) => stops.length)).toEqual([
    0, 0, 1, 1,
  ]);
});

test('a target that claims what its picture does not hold is told where it claims it', () => {
  const liar = {
    ...patronus,
    scenarios: patronus.scenarios.map((scenario) =>
      scenario.id === 'minimal-replica'
        ? { ...scenario, removes: ['no-high-availability', 'no-scaling', 'manual-updates'] }
        : scenario,
    ),
  };
  expect(variantOf([], 'minimal-replica', liar).mistakes).toEqual([
    {
      code: 'claims-too-much',
      at: 'scenarios/minimal-replica/removes/0',
      title: expect.stringContaining('nothing replaces Web server, File server'),
    },
    { code: 'claims-too-much', at: 'scenarios/minimal-replica/removes/1', title: expect.any(String) },
    { code: 'claims-too-much', at: 'scenarios/minimal-replica/removes/2', title: expect.any(String) },
  ]);
});

test('a target that lacks a role, or drops a workflow, or does not apply, is named and never reckoned away', () => {
  const withTarget = (more: object) => ({
    ...patronus,
    scenarios: [{ id: 'bad', title: 'Bad', form: 'to-be' as const, ...more }],
  });
  const stepsWithout = patronus.workflows[0]?.steps.filter(({ link }) => link !== 'web-files') ?? [];
  const lacking = withTarget({
    remove: ['links/web-files', 'services/files', 'dataSets/files'],
    set: {
      'workflows/request/steps': stepsWithout.map((step, n) => ({ ...step, n: n + 1 })),
      ...Object.fromEntries(
        ['no-high-availability', 'no-scaling', 'manual-updates'].map((id) => [
          `problems/${id}/affects`,
          ['web'],
        ]),
      ),
    },
  });
  expect(variantOf([], 'bad', lacking).mistakes).toEqual([
    {
      code: 'lacks-role',
      at: 'scenarios/bad/set/workflows/request/steps',
      title: '“A request” needs a service of the role files, and this target has none.',
    },
  ]);
  const gone = variantOf([], 'bad', withTarget({ remove: ['workflows/request'] }));
  expect(gone.mistakes.map(({ code }) => code)).toEqual(['workflow-gone']);
  const broken = variantOf([], 'bad', withTarget({ remove: ['services/db'] }));
  expect(broken.mistakes.map(({ code }) => code)).toContain('does-not-apply');
  expect(broken).toMatchObject({ paths: [], cost: null });
  const nowhere = variantOf(
    [],
    'bad',
    withTarget({ remove: ['hosts/files'], set: { 'services/files/hosts': [] } }),
  );
  expect(nowhere.mistakes).toMatchObject([
    { code: 'not-placed', at: 'scenarios/bad/set/services/files/hosts' },
  ]);
});

describe('what is typed badly', () => {
  test.each([
    ['a negative time', entry('availability/web/betweenFailures', -1, 'h')],
    ['nothing between two failures', entry('availability/web/betweenFailures', 0, 'h')],
    ['a unit of something else', entry('availability/web/repair', 10, 'GB')],
    ['a unit that nobody knows', entry('availability/web/repair', 10, 'fortnights')],
    ['more than there is', entry('availability/web/repair', 1e300, 'h')],
    ['a price as a time', entry('availability/web/repair', 10, 'EUR')],
  ])('%s is named at its path, and no number is made of it', (_, typed) => {
    const comparison = compareTargets(patronus, [...three, typed], null);
    expect(TargetComparison.safeParse(comparison).error?.issues).toBeUndefined();
    const [path] = comparison.variants[0]?.paths ?? [];
    expect(path?.shared).toMatchObject({ value: null, missing: [typed.path] });
  });

  test('a failover slower than a repair, a share over one, prices of two currencies', () => {
    const slow = [...times('db', 4380, 1), ...failover('db', 120, 95), shared('db', 0)];
    expect(variantOf(slow, 'balanced-pair').paths[0]?.parts[2]?.availability).toMatchObject({
      value: null,
      missing: expect.arrayContaining(['availability/db/detect']),
    });
    const over = [...times('web', 990, 10), shared('web', 110)];
    expect(variantOf(over, 'balanced-pair').paths[0]?.parts[1]?.availability).toMatchObject({
      value: null,
      missing: ['availability/web/commonCause'],
    });
    const mixed = [
      entry('costs/as-is/perMonth', 2400, 'EUR'),
      entry('costs/balanced-pair/perMonth', 1100, 'USD'),
      entry('costs/balanced-pair/once', 9000, 'EUR'),
      entry('costs/balanced-pair/overlap', 2, '1'),
    ];
    const { cost } = variantOf(mixed, 'balanced-pair');
    expect(cost?.breakEven?.value).toBeNull();
    expect(cost?.overYears[0]?.paid).toMatchObject({ value: null, missing: ['costs/balanced-pair/once'] });
  });
});

describe('over many values', () => {
  const steps = Array.from({ length: 60 }, (_, n) => n);
  const base = [
    ...['balancer', 'web', 'db', 'files'].flatMap((part) => [...times(part, 4000, 8), shared(part, 5)]),
    ...['balancer', 'db', 'files'].flatMap((part) => failover(part, 20, 95)),
  ];
  const availability = (entries: LedgerEntry[], id = 'balanced-pair') =>
    variantOf(entries, id).paths[0]?.shared.value ?? Number.NaN;
  const falls = (values: number[]) => {
    for (let n = 1; n < values.length; n += 1)
      expect(values[n]).toBeLessThanOrEqual((values[n - 1] ?? Number.NaN) + 1e-15);
    // And it does move: a figure that ignores its input would pass the line above.
    expect(values.at(-1)).toBeLessThan(values[0] ?? 0);
  };

  test.each(['balancer', 'web', 'db', 'files'])('more failures of %s never raise availability', (part) => {
    const hours = steps.map((n) => 4000 * 0.95 ** n);
    falls(hours.map((h) => availability([...base, entry(`availability/${part}/betweenFailures`, h, 'h')])));
  });

  test('more shared causes, slower repair, fewer failovers that succeed never raise it', () => {
    falls(steps.map((n) => availability([...base, shared('web', n)])));
    falls(steps.map((n) => availability([...base, entry('availability/db/repair', 8 + n, 'h')])));
    falls(steps.map((n) => availability([...base, entry('availability/db/success', 100 - n, '%')])));
  });

  test('another independent server never lowers it', () => {
    const withWeb = (count: number) => {
      const hosts = Array.from({ length: count }, (_, n) => `web-${n + 1}`);
      const pair = patronus.scenarios.find(({ id }) => id === 'balanced-pair');
      return {
        ...patronus,
        scenarios: patronus.scenarios.map((scenario) =>
          scenario !== pair
            ? scenario
            : {
                ...scenario,
                add: {
                  ...scenario.add,
                  hosts: [
                    ...(scenario.add?.hosts ?? []).filter(({ id }) => !id.startsWith('web-')),
                    ...hosts.map((id) => ({ id, site: 'target', address: 'unknown' })),
                  ],
                },
                set: { ...scenario.set, 'services/web/hosts': hosts },
                rollingUpdate: undefined,
              },
        ),
      };
    };
    for (const hours of [10, 100, 1000, 10_000]) {
      const entries = [...base, entry('availability/web/betweenFailures', hours, 'h')];
      const values = [1, 2, 3, 4, 5].map(
        (count) =>
          variantOf(entries, 'balanced-pair', withWeb(count)).paths[0]?.independent.value ?? Number.NaN,
      );
      for (let n = 1; n < values.length; n += 1)
        expect(values[n]).toBeGreaterThanOrEqual(values[n - 1] ?? Number.NaN);
      expect(values[1]).toBeGreaterThan(values[0] ?? 1);
    }
  });
});

describe('embassy', () => {
  const embassy = estateOf('embassy');
  const entries = [
    entry('capacity/api/serviceTime', 80, 'ms'),
    entry('capacity/api/workers', 8, '1'),
    entry('capacity/requestsPerUser', 30, '1'),
    entry('capacity/peakShare', 12, '%'),
    entry('capacity/api/streamRate', 5, 'Mbit/s'),
    entry('capacity/api/link', 1, 'Gbit/s'),
  ];
  const demandOf = (id: string, more: LedgerEntry[] = []) =>
    variantOf([...entries, ...more], 'as-is', embassy).demands.find(({ requirement }) => requirement === id);

  test('200 streams: 122 on one of two by chance; one surviving 1 GbE fails 720p and carries 480p', () => {
    expect(demandOf('streams')).toMatchObject({
      holds: false,
      figures: [{ figure: { value: 122 } }, { figure: { value: expect.closeTo(1 / 0.93, 6) } }],
    });
    expect(demandOf('streams', [entry('capacity/api/streamRate', 2.5, 'Mbit/s')])?.holds).toBe(true);
  });

  test('50 000 users a day are 50 requests a second, of which 5.9 % wait on the survivor with eight workers', () => {
    const users = demandOf('users');
    expect(users?.figures[0]?.figure.value).toBeCloseTo(50, 6);
    expect((users?.figures[1]?.figure.value ?? 0) * 100).toBeCloseTo(5.9, 1);
    expect(users?.holds).toBe(true);
    expect(demandOf('users', [entry('capacity/api/workers', 3, '1')])?.holds).toBe(false);
    expect(demandOf('users', [entry('capacity/api/workers', 8, 'EUR')])?.holds).toBeNull();
  });

  test('the availability that is asked for is held against what comes out', () => {
    const cmi = [...times('api', 4380, 4), shared('api', 5), ...times('cmi', 2000, 10)];
    const paths = variantOf(cmi, 'as-is', embassy).paths;
    expect(paths.map(({ meetsTarget }) => meetsTarget)).toEqual([true, false]);
    expect(paths.map(({ target }) => target)).toEqual([expect.closeTo(0.999, 9), expect.closeTo(0.999, 9)]);
  });
});

test('one server fewer: what one carries today, two carry at half, and the one that is left at full again', () => {
  const entries = [entry('capacity/web/load', 60, '%'), entry('capacity/db/load', 70, '%')];
  const { capacity } = variantOf(entries, 'balanced-pair');
  // One server carries 60 % today: two carry 30 % each, and the survivor 60 % again.
  expect(capacity.find(({ part }) => part === 'web')).toMatchObject({
    each: { value: 0.3 },
    survivor: { value: 0.6 },
    holds: true,
  });
  expect(capacity.find(({ part }) => part === 'db')).toMatchObject({
    each: { value: expect.closeTo(0.7, 9) },
    survivor: { value: expect.closeTo(0.7, 9) },
  });
  const { capacity: today } = variantOf(entries, 'as-is');
  expect(today.find(({ part }) => part === 'web')).toMatchObject({ survivor: null, holds: false });
});

test('what the file states is read: quantities of a service, costs of a variant, days of work', () => {
  const stated = (value: number, unit: string) => ({ value, unit, source: 'stated' as const });
  const estate = {
    ...patronus,
    services: patronus.services.map((service) =>
      service.id === 'web'
        ? { ...service, quantities: { betweenFailures: stated(100, 'd'), load: stated(40, '%') } }
        : service,
    ),
    costs: [
      { id: 'datacenter', title: 'Racks', amount: stated(2000, 'EUR'), per: 'month' as const },
      { id: 'line', title: 'Line', amount: stated(4800, 'EUR'), per: 'year' as const },
    ],
    assumptions: { ...patronus.assumptions, 'availability/web/repair': stated(1, 'd') },
  };
  const basis = targetBasisOf(estate, [], null, 'en');
  const asIs = targetFigure(basis, 'targets/as-is/part/web');
  expect(asIs?.known && asIs.value.likely).toBeCloseTo(100 / 101, 9);
  expect(variantOf([], 'as-is', estate).cost?.perMonth).toMatchObject({ value: 2400, unit: 'EUR' });
  // The replica adds a server whose price nobody has entered: what it comes to is unknown.
  expect(variantOf([], 'minimal-replica', estate).cost?.perMonth.value).toBeNull();
  expect(basis.ledger.get('capacity/web/load')).toMatchObject({ provenance: { kind: 'stated' } });
});

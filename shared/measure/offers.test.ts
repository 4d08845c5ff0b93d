import { expect, test } from 'vitest';
import { answered, fact, healthyFiles, patronus, snapshotOf } from '../testing/patronus';
import { texts } from '../text';
import { measureToText, offersToText } from './measure-text';
import { MEASURE_KINDS, MeasureRequest, NOT_ENOUGH } from './model';
import { costOf, offersOf } from './offers';

const set = { id: 'files', title: 'Files', service: 'share', store: 'files', size: 'unknown' } as const;
const estate = patronus({ dataSets: [...patronus().dataSets, set] });
const seen = (...shares: string[]) => {
  const services = { share: { facts: { 'samba.shares': fact(shares, 'share/samba.config') } } };
  return snapshotOf({ files: answered(healthyFiles({ services })) });
};

test('every data set that is moved and every host, with bounds that the contract takes', () => {
  const offers = offersOf(estate, null);
  expect([...new Set(offers.map(({ kind }) => kind))].sort()).toEqual([...MEASURE_KINDS].sort());
  for (const { request, cost } of offers) {
    expect(MeasureRequest.parse(request)).toEqual(request);
    expect(cost).toEqual(costOf(request));
    expect(cost.seconds).toBeGreaterThan(0);
  }
  expect(offers.filter(({ kind }) => kind === 'copy').map(({ cost }) => cost.bytes)).toEqual([
    64e6, 64e6, 64e6,
  ]);
});

test('the trees are those that the file server shares, once a look has read them', () => {
  const before = offersOf(estate, null).find(({ kind }) => kind === 'tree-walk');
  expect(before?.lacks).toBe('trees');
  const shares = [
    'docs /srv/docs',
    'my files /srv/my files (read only)',
    'inner /srv/docs/inner',
    'homes /home/%U',
  ];
  const after = offersOf(estate, seen(...shares)).find(({ kind }) => kind === 'tree-walk');
  expect(after?.lacks).toBeNull();
  expect(after?.request).toMatchObject({ trees: ['/srv/docs', '/srv/my files'] });
});

test('both languages have words for every kind and every reason', () => {
  for (const language of ['en', 'fr'] as const) {
    const { measure } = texts(language);
    expect(Object.keys(measure.titles).sort()).toEqual([...MEASURE_KINDS].sort());
    expect(Object.keys(measure.kinds).sort()).toEqual([...MEASURE_KINDS].sort());
    expect(Object.keys(measure.notEnough).sort()).toEqual([...NOT_ENOUGH].sort());
  }
});

test('for a terminal: what it costs before, and what it replaced after', () => {
  expect(offersToText(offersOf(estate, null), 'en')).toContain('at most 30\u00a0s and 64\u00a0MB');
  const request = { kind: 'latency', subject: 'web', samples: 30 } as const;
  const entered = {
    path: 'assumptions/roundTripTime',
    quantity: { value: 1.5, unit: 'ms', source: 'measured' as const, range: { low: 1, high: 2 } },
    before: { value: 20, unit: 'ms', source: 'assumed' as const },
  };
  const facts = { samples: 30, p90: 0.002 };
  const done = {
    request,
    host: 'web',
    at: 0,
    facts,
    outcome: { state: 'measured' as const, entered: [entered] },
  };
  expect(measureToText(done, 'en')).toContain('1.5\u00a0ms (1–2)');
  expect(measureToText(done, 'en')).toContain('before: 20\u00a0ms');
  const none = { ...done, outcome: { state: 'unknown' as const, why: 'cut-by-limit' as const } };
  expect(measureToText(none, 'fr')).toMatch(/Rien n’a été inscrit/);
});

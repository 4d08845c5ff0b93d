import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { canonical, fingerprintOf, planHash } from './fingerprint';
import { RunPlan } from './plan';
import { act, fact, planOf } from './plan.test-kit';

const digest = (text: string) => createHash('sha256').update(text).digest('base64url');

it('the same meaning has one text, another has another', () => {
  expect(canonical({ b: [1, 'é\n', null], a: { y: undefined, x: true } })).toBe(
    '{"a":{"x":true},"b":[1,"é\\n",null]}',
  );
  expect(canonical([undefined])).toBe('[null]');
  expect(canonical({ a: '1' })).not.toBe(canonical({ a: 1 }));
  expect(canonical({ ab: '' })).not.toBe(canonical({ a: 'b' }));
});

it('a plan that was written down and read again is the same plan', () => {
  const plan = planOf([act('s1', { a: '1' })]);
  const read = RunPlan.parse(JSON.parse(JSON.stringify(plan)));
  expect(planHash(read, digest)).toBe(planHash(plan, digest));
  const moved = Object.fromEntries(Object.entries(plan).reverse()) as RunPlan;
  expect(planHash(moved, digest)).toBe(planHash(plan, digest));
});

it('whatever is another in a plan is another hash; the fingerprint looks at facts alone', () => {
  const plan = planOf([act('s1', { a: '1' })], { facts: [fact('a'), fact('b', '2')] });
  const hash = planHash(plan, digest);
  const print = fingerprintOf(plan, digest);
  const confirmed = { ...plan, confirm: 'db-b' };
  expect(planHash(confirmed, digest)).not.toBe(hash);
  expect(fingerprintOf(confirmed, digest)).toBe(print);
  expect(fingerprintOf({ facts: [...plan.facts].reverse() }, digest)).toBe(print);
  for (const facts of [
    [fact('a', '1'), fact('b', '2')],
    [fact('a')],
    [fact('a'), fact('c', '2')],
    [fact('a', '2'), fact('b', '0')],
  ])
    expect(fingerprintOf(planOf([act('s1', { a: '1' })], { facts }), digest)).not.toBe(print);
});

import { expect, test } from 'vitest';
import { z } from 'zod';
import { clientOf } from './client';
import { action, event, query, serve, type Transport } from './contract-kit';
import { Failure, toAppError } from './errors';

const contract = {
  double: query(z.strictObject({ n: z.number() }), z.number()),
  lie: query(z.void(), z.number()),
  fail: action(z.void(), z.void()),
  crash: action(z.void(), z.void()),
  tick: event(z.number()),
} as const;
const handlers = {
  double: ({ n }: { n: number }) => n * 2,
  lie: () => 'three' as unknown as number,
  fail: () => {
    throw new Failure({
      code: 'E_TCP_REFUSED',
      stage: 'tcp',
      host: 'db',
      message: 'refused',
      retryable: true,
    });
  },
  crash: () => {
    throw new TypeError('our bug');
  },
};
const signal = new AbortController().signal;
const ask = (name: string, input?: unknown) => serve(contract, handlers, name, input, signal, toAppError);

test.each([
  ['double', { n: 4 }, { ok: true, value: 8 }],
  ['double', { n: '4' }, { ok: false, error: { code: 'E_BAD_INPUT' } }],
  ['double', { n: 4, extra: 1 }, { ok: false, error: { code: 'E_BAD_INPUT' } }],
  ['double', undefined, { ok: false, error: { code: 'E_BAD_INPUT' } }],
  ['lie', undefined, { ok: false, error: { code: 'E_BAD_OUTPUT' } }],
  ['fail', undefined, { ok: false, error: { code: 'E_TCP_REFUSED', host: 'db' } }],
  ['crash', undefined, { ok: false, error: { code: 'E_INTERNAL' } }],
  ['tick', undefined, { ok: false, error: { code: 'E_NO_SUCH_CALL' } }],
  ['constructor', undefined, { ok: false, error: { code: 'E_NO_SUCH_CALL' } }],
  ['__proto__', undefined, { ok: false, error: { code: 'E_NO_SUCH_CALL' } }],
])('%s(%j) answers %j', async (name, input, expected) => {
  expect(await ask(name, input)).toMatchObject(expected);
});

test('the client gives values and throws coded failures', async () => {
  const transport: Transport = { call: (name, input) => ask(name, input), on: () => () => undefined };
  const client = clientOf(contract, transport);
  expect(await client.call('double', { n: 21 })).toBe(42);
  await expect(client.call('fail', undefined)).rejects.toMatchObject({ error: { code: 'E_TCP_REFUSED' } });
});

import { Failure } from '@shared/errors';
import { expect, it } from 'vitest';
import { Secret } from '../secrets/secret';
import { queryFailure } from './sql-errors';
import { hidePieces, withoutSecrets } from './without-secrets';

const SECRET = 'Tr0ub4dor&3 horse';

it.each([
  ['all of it', `near 'x ${SECRET}' at line 1`, `near 'x •••' at line 1`],
  ['its beginning, cut off', `near '${SECRET.slice(0, 7)}`, `near '•••`],
  ['its end', `...${SECRET.slice(-5)}'`, `...•••'`],
  ['two of it', `${SECRET}, ${SECRET}`, '•••, •••'],
  ['three characters in a row', 'or& is short', 'or& is short'],
  ['nothing of it', 'You have an error', 'You have an error'],
])('hides %s', (_, text, shown) => {
  expect(hidePieces(text, SECRET)).toBe(shown);
});

it('hides a short secret only as a whole, and an empty one nowhere', () => {
  expect(hidePieces('ab abc', 'abc')).toBe('ab •••');
  expect(hidePieces('text', '')).toBe('text');
});

it('leaves no piece of a secret in any part of an error, and the error what it is', () => {
  const target = {
    ...{ hostId: 'db', serviceId: 'db', user: 'act', secret: 'prompt', host: 'h', port: 1 },
    via: { kind: 'ssh', own: true } as const,
  };
  const driver = Object.assign(new Error(`near '${SECRET.slice(3)}' at line 1`), { errno: 1064 });
  const thrown = queryFailure(driver, target, 'step');
  const hide = () => withoutSecrets([new Secret(SECRET)])(thrown);
  expect(hide).toThrow(Failure);
  try {
    hide();
  } catch (hidden) {
    expect(JSON.stringify(hidden instanceof Failure && hidden.error)).not.toContain('horse');
    expect(hidden).toMatchObject({ error: { code: 'E_SQL_FAILED', params: { errno: '1064' } } });
  }
  expect(() => withoutSecrets([])(thrown)).toThrow(/horse/);
});

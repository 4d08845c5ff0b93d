import { describe, expect, it } from 'vitest';
import { PURPOSES, parseSecretName, secretName } from './secret-name';

describe('the name of a secret', () => {
  const accounts = ['watch', 'a/b', 'watch (/home/w/.ssh/id_ed25519)', 'x/password', 'é@ü', '%2F'];
  it.each(accounts.flatMap((account) => PURPOSES.map((purpose) => [account, purpose] as const)))(
    'of %s, %s reads back as it was',
    (account, purpose) => {
      const use = { estate: 'patronus', host: 'db', account, purpose };
      expect(parseSecretName(secretName(use))).toEqual(use);
    },
  );
  it.each(['', 'db', 'patronus/db/watch', 'patronus/db/watch/pin', '/db/watch/password', 'p/d//password'])(
    '%j is none',
    (name) => expect(parseSecretName(name)).toBeNull(),
  );
  it('cannot hold what acts on a terminal', () => {
    const use = { estate: 'e', host: 'h', account: 'a\u001b[2J', purpose: 'password' } as const;
    expect(secretName(use)).toBe('e/h/a\\x1b[2J/password');
  });
});

import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { sha256 } from './sha256';

const known = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

test('the hash is that of the system, for every length around a block and for text of any script', () => {
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  for (let length = 0; length < 200; length += 1) {
    const text = 'x'.repeat(length);
    expect([length, sha256(text)]).toEqual([length, known(text)]);
  }
  for (const text of ['é', '⟨cible⟩ · œ', '𝄞 musique', `half ${'\ud834'} of a pair`, 'a'.repeat(100_000)]) {
    expect(sha256(text)).toBe(known(text));
  }
});

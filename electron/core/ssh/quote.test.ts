import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { quoteWord, shellLine } from './quote';

describe('quoteWord', () => {
  it.each([
    ['plain', 'plain'],
    ['/usr/bin/a-b_c.d:e,f@g%h+i', '/usr/bin/a-b_c.d:e,f@g%h+i'],
    ['', "''"],
    ['a b', "'a b'"],
    ["it's", `'it'\\''s'`],
    ['A=b', "'A=b'"],
    ['~', "'~'"],
    ['é', "'é'"],
  ])('%j becomes %s', (word, quoted) => expect(quoteWord(word)).toBe(quoted));

  it('refuses NUL', () => expect(() => quoteWord('a\0b', 'x')).toThrow(/NUL/));
});

/** Words made of what shells care about, and of anything else. */
function randomWord(): string {
  const special = ' \t\n\r\'"`$\\!*?[]{}()<>|&;~#%=^-@:,./+éß漢\u202e\x1b\x7f';
  let word = '';
  for (let length = randomInt(12); length > 0; length -= 1)
    word += randomInt(3) ? special[randomInt(special.length)] : String.fromCodePoint(1 + randomInt(0x2fff));
  return word;
}

describe.each(['sh', 'bash'])('real %s', (shell) => {
  it('gives 5 000 random words back unchanged', () => {
    const words = Array.from({ length: 5000 }, randomWord);
    for (let from = 0; from < words.length; from += 500) {
      const some = words.slice(from, from + 500);
      const line = shellLine(['printf', '%s\\0', ...some]);
      const out = spawnSync(shell, ['-c', line], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' },
      });
      expect(out.stderr).toBe('');
      expect(out.stdout).toBe(some.map((word) => `${word}\0`).join(''));
    }
  });
});

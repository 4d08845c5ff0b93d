import { describe, expect, it } from 'vitest';
import { clean, cleanLine } from './clean';

describe('clean', () => {
  it.each([
    ['plain text stays', 'Zoë 東京 ✔️ a\tb\nc', 'Zoë 東京 ✔️ a\tb\nc'],
    ['CR LF is LF', 'a\r\nb', 'a\nb'],
    ['a lone CR is seen', 'a\rb', 'a\\x0db'],
    ['NUL', 'a\0b', 'a\\x00b'],
    ['title OSC', '\x1b]0;x\x07', '\\x1b]0;x\\x07'],
    ['link OSC', '\x1b]8;;file:///etc/passwd\x1b\\x', '\\x1b]8;;file:///etc/passwd\\x1b\\x'],
    ['clipboard OSC 52', '\x1b]52;c;AAAA\x07', '\\x1b]52;c;AAAA\\x07'],
    ['C1 CSI', '\u009b31m', '\\x9b31m'],
    ['DEL', 'a\x7f', 'a\\x7f'],
    ['right-to-left override', 'a\u202etxt.exe', 'a\\u202etxt.exe'],
    ['isolate', '\u2066x\u2069', '\\u2066x\\u2069'],
    ['zero width', 'a\u200bb\u200db\ufeff', 'a\\u200bb\\u200db\\ufeff'],
    ['line separator', 'a\u2028b', 'a\\u2028b'],
    ['tag characters', 'a\u{e0041}', 'a\\u{e0041}'],
    ['invisible filler', 'a\u3164b', 'a\\u3164b'],
    ['lone surrogate', 'a\ud800b', 'a\\ud800b'],
    ['markup is only text', '<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
  ])('%s', (_, raw, shown) => expect(clean(raw)).toBe(shown));

  it('cuts a tower of combining marks', () => {
    expect(clean(`a${'\u0301'.repeat(10_000)}b`)).toBe(`a${'\u0301'.repeat(8)}…b`);
  });
  it('leaves nothing unsafe, and changes nothing the second time', () => {
    let every = '';
    for (let code = 0; code < 0x3000; code += 1) every += String.fromCodePoint(code);
    const once = clean(every);
    expect(/(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(once)).toBe(false);
    expect(clean(once) === once).toBe(true);
  });
  it('cleans 8 MiB of escapes in bounded time', () => {
    const started = performance.now();
    clean('\x1b'.repeat(8 << 20));
    expect(performance.now() - started).toBeLessThan(8_000);
  });
});

describe('cleanLine', () => {
  it('gives one line of bounded length', () => {
    expect(cleanLine('a\nb\tc\n')).toBe('a b c');
    expect(cleanLine('x'.repeat(1000), 10)).toBe('xxxxxxxxx…');
  });
});

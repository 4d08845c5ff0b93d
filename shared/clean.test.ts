import { describe, expect, it } from 'vitest';
import { clean, cleanLine, createCleaner, cutAt, safeKey } from './clean';
import { HOSTILE, LONG } from './testing/hostile';

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
});

describe('a text that comes in pieces', () => {
  const joined = (pieces: readonly string[]) => {
    const cleaner = createCleaner();
    return pieces.map((piece) => cleaner.push(piece)).join('') + cleaner.end();
  };
  const EDGES = `a\r\nb\r\r\n\r${'\u0301'.repeat(20)}\u{1d165}\u{e0100}\u{1d165}x\ufe0f\u{1f600}\ud800\udc00\ud800`;

  it('is the same wherever it is cut', () => {
    const all = Object.values(HOSTILE).join('') + EDGES;
    for (let at = 0; at <= all.length; at += 1)
      expect([at, joined([all.slice(0, at), all.slice(at)])]).toEqual([at, clean(all)]);
    expect(joined(all.split(''))).toBe(clean(all));
  });
  it.each(Object.entries(LONG))('%s', (_, make) => {
    const all = make();
    const pieces = all.match(/.{1,9999}/gs) ?? [];
    expect(joined(pieces) === clean(all)).toBe(true);
  });
});

describe('cleanLine', () => {
  it('gives one line of bounded length', () => {
    expect(cleanLine('a\nb\tc\n')).toBe('a b c');
    expect(cleanLine('x'.repeat(1000), 10)).toBe('xxxxxxxxx…');
  });
  it('never ends with half a character', () => {
    expect(cleanLine('\u{1f600}'.repeat(9), 4)).toBe('\u{1f600}…');
  });
});

it.each([
  ['abc', 2, 'ab'],
  ['abc', 9, 'abc'],
  ['a\u{1f600}', 2, 'a'],
  ['a\u{1f600}', 3, 'a\u{1f600}'],
  ['', 0, ''],
])('%j cut at %d is %j', (text, length, cut) => expect(cutAt(text, length)).toBe(cut));

it.each([
  ['__proto__', '\\x5f_proto__'],
  ['constructor', 'constructor'],
])('%s is a key that no program drops: %s', (name, key) => {
  expect(safeKey(name)).toBe(key);
  const copy: Record<string, string> = {};
  copy[safeKey(name)] = 'kept';
  expect(Object.entries(copy)).toEqual([[key, 'kept']]);
});

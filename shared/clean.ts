/**
 * Characters that can move a cursor, hide text or turn it around: control and format characters, lone
 * surrogates, private use and everything a font draws as nothing. Line feed and tab stay, and so do
 * variation selectors 15 and 16, which only choose between two pictures of the character before them.
 */
const UNSAFE =
  /(?!\n|\t|\uFE0E|\uFE0F)[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
/** No script needs more marks than this on one letter; ten thousand of them cover the lines around. */
const STACKED = /(\p{M}{8})\p{M}+/gu;
/** Nearly every answer: read once, and done. */
const PLAIN = /^[\n\t -~]*$/;

const wide = (code: number): string =>
  code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
const NARROW = Array.from({ length: 256 }, (_, code) => `\\x${code.toString(16).padStart(2, '0')}`);
const visible = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  return NARROW[code] ?? wide(code);
};

const escaped = (text: string): string => text.replaceAll('\r\n', '\n').replace(UNSAFE, visible);
const unstacked = (text: string): string => text.replace(STACKED, '$1…');

/**
 * Makes text from a server safe to show, log and copy: what is invisible or acts on a terminal is written
 * as an escape (`\x1b`, `\u202e`), so that it is seen instead of obeyed. CR LF becomes LF.
 */
export function clean(text: string): string {
  return PLAIN.test(text) ? text : unstacked(escaped(text));
}

/** The same for one line of at most `limit` characters: names, banners, error texts. */
export function cleanLine(text: string, limit = 300): string {
  const line = clean(text.slice(0, limit * 4))
    .replaceAll('\n', ' ')
    .replaceAll('\t', ' ')
    .trim();
  return line.length > limit ? `${cutAt(line, limit - 1)}…` : line;
}

/** At most `length` UTF-16 units of a text, and never half a character: half of one is not safe to show. */
export function cutAt(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  const isHalf = text.length > length && last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, isHalf ? length - 1 : length);
}

/** The same for a text that comes in pieces, wherever it is cut: what it gives, joined, is `clean` of the whole. */
export interface Cleaner {
  push(piece: string): string;
  /** What was held back until it was known what follows. */
  end(): string;
}

export function createCleaner(): Cleaner {
  /** Half of a CR LF or of a surrogate pair. */
  let half = '';
  let marks = '';
  const give = (text: string): string => {
    const whole = marks + escaped(text);
    const from = marksFrom(whole);
    // Nine say as well as ten thousand that there are too many.
    marks = /^\p{M}{0,9}/u.exec(whole.slice(from))?.[0] ?? '';
    return unstacked(whole.slice(0, from));
  };
  return {
    push(piece) {
      const text = half + piece;
      half = /[\r\ud800-\udbff]$/.exec(text)?.[0] ?? '';
      return give(half === '' ? text : text.slice(0, -1));
    },
    end() {
      const rest = give(half) + unstacked(marks);
      half = '';
      marks = '';
      return rest;
    },
  };
}

const MARK = /^\p{M}$/u;

/** Where the marks begin that a text ends with. */
function marksFrom(text: string): number {
  let from = text.length;
  while (from > 0) {
    const low = text.charCodeAt(from - 1);
    const size = low >= 0xdc00 && low <= 0xdfff ? 2 : 1;
    if (!MARK.test(text.slice(from - size, from))) break;
    from -= size;
  }
  return from;
}

/**
 * A name that a server gives, as the key of an object: `__proto__` is no key like any other to half of all
 * programs, which would drop it without a word.
 */
export const safeKey = (name: string): string => (name === '__proto__' ? '\\x5f_proto__' : name);

/**
 * Characters that can move a cursor, hide text or turn it around: control and format characters, lone
 * surrogates, private use and everything a font draws as nothing. Line feed and tab stay, and so do
 * variation selectors 15 and 16, which only choose between two pictures of the character before them.
 */
const UNSAFE =
  /(?!\n|\t|\uFE0E|\uFE0F)[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
/** No script needs more marks than this on one letter; ten thousand of them cover the lines around. */
const STACKED = /(\p{M}{8})\p{M}+/gu;

const wide = (code: number): string =>
  code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
const NARROW = Array.from({ length: 256 }, (_, code) => `\\x${code.toString(16).padStart(2, '0')}`);
const visible = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  return NARROW[code] ?? wide(code);
};

/**
 * Makes text from a server safe to show, log and copy: what is invisible or acts on a terminal is written
 * as an escape (`\x1b`, `\u202e`), so that it is seen instead of obeyed. CR LF becomes LF.
 */
export function clean(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(UNSAFE, visible).replace(STACKED, '$1…');
}

/** The same for one line of at most `limit` characters: names, banners, error texts. */
export function cleanLine(text: string, limit = 300): string {
  const line = clean(text.slice(0, limit * 4))
    .replaceAll('\n', ' ')
    .replaceAll('\t', ' ')
    .trim();
  return line.length > limit ? `${line.slice(0, limit - 1)}…` : line;
}

import { StringDecoder } from 'node:string_decoder';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createCleaner, cutAt } from '@shared/clean';

/** Bytes of one turn: the worst, each byte an escape, takes some milliseconds. */
const PIECE = 16 * 1024;

/**
 * `clean` of UTF-8 bytes (lossy), a piece at a turn of the event loop: a server that sends megabytes of escapes
 * must not stop the window. At most `limit` characters come of it: each byte can become four.
 */
export async function cleanInTurns(bytes: Buffer, limit: number): Promise<{ text: string; cut: boolean }> {
  const decoder = new StringDecoder('utf8');
  const cleaner = createCleaner();
  const parts: string[] = [];
  let length = 0;
  const add = (part: string) => {
    parts.push(part);
    length += part.length;
  };
  for (let at = 0; at < bytes.length && length <= limit; at += PIECE) {
    if (at > 0) await nextTurn();
    add(cleaner.push(decoder.write(bytes.subarray(at, at + PIECE))));
  }
  add(cleaner.push(decoder.end()) + cleaner.end());
  const text = parts.length === 1 ? (parts[0] ?? '') : parts.join('');
  return { text: cutAt(text, limit), cut: text.length > limit };
}

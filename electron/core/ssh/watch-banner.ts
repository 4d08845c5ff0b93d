import type { Duplex } from 'node:stream';
import { cleanLine } from '@shared/clean';

/** What a server says before it is known to speak SSH. */
export interface BannerWatch {
  any(): boolean;
  isSsh(): boolean;
  /** The first of what it said, one clean line. */
  text(): string;
  stop(): void;
}

const KEPT = 2048;
/** Control characters other than white space. */
const isBinary = (byte: number): boolean => byte < 0x09 || (byte > 0x0d && byte < 0x20);

/**
 * Looks at the first bytes beside ssh2, which waits for its line without end. RFC 4253 section 4.2 allows
 * lines of text before "SSH-"; binary, or more than 2 kB of text, is another protocol.
 */
export function watchBanner(socket: Duplex, onOther: () => void): BannerWatch {
  let seen = Buffer.alloc(0);
  let ssh = false;
  const stop = () => void socket.off('data', look);
  const look = (chunk: Buffer) => {
    seen = Buffer.concat([seen, chunk.subarray(0, KEPT)]);
    const found = /(^|\n)SSH-/.exec(seen.toString('latin1'));
    if (found) ssh = true;
    const before = found ? seen.subarray(0, found.index) : seen;
    const other = before.some(isBinary) || (!found && seen.length >= KEPT);
    if (found || other) stop();
    if (other) onOther();
  };
  socket.on('data', look);
  return {
    any: () => seen.length > 0,
    isSsh: () => ssh,
    text: () => cleanLine(seen.toString('utf8'), 120),
    stop,
  };
}

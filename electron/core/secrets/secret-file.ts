import { open } from 'node:fs/promises';
import { failure, systemText } from '../net/failure';

/** Secrets and keys are small; anything larger is not one. */
const MAX_BYTES = 64 * 1024;

/**
 * Reads a file that must be ours and closed to others (0600 or stricter), checked on the open file so that
 * nothing can be swapped in between. Root may own it too, as for files of the machine; and root may use
 * anybody's, as ssh lets it: whoever could read that file as its owner had the secret anyway.
 * @throws Failure with the codes given.
 */
export async function readPrivateFile(
  file: string,
  host: string,
  codes: { unreadable: 'E_SECRET_FILE' | 'E_KEY_FILE'; mode: 'E_SECRET_MODE' | 'E_KEY_MODE' },
): Promise<string> {
  const handle = await open(file, 'r').catch((thrown: unknown) => {
    throw failure(codes.unreadable, host, { file, text: systemText(thrown) });
  });
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw failure(codes.unreadable, host, { file, text: 'not a file' });
    if (stat.size > MAX_BYTES) throw failure(codes.unreadable, host, { file, text: 'larger than 64 KiB' });
    const mode = stat.mode & 0o777;
    const self = process.getuid?.();
    const mine = self === 0 || stat.uid === self || stat.uid === 0;
    if ((mode & 0o177) !== 0 || !mine)
      throw failure(codes.mode, host, { file, mode: mode.toString(8).padStart(4, '0') });
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

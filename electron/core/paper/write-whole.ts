import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { failure, systemText } from '../net/failure';

/**
 * Writes a file that its person chose. It appears when it is whole; only its owner may read it, because a plan names
 * servers and their weaknesses. @throws Failure E_STORE_WRITE
 */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.part`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (thrown) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw failure('E_STORE_WRITE', null, { file, text: systemText(thrown) });
  }
}

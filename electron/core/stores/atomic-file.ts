import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '@shared/errors';

/**
 * Replaces a file as one step: written beside it, flushed, renamed. After a crash there is the old file or the
 * new one, never half of either. Mode 0600: what the console stores is nobody else's business.
 */
export async function writeAtomic(file: string, text: string): Promise<void> {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(text, 'utf8');
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
    await chmod(file, 0o600);
  } catch (thrown) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new Failure({
      code: 'E_STORE_WRITE',
      stage: 'store',
      message: `${file} cannot be written: ${(thrown as NodeJS.ErrnoException).code ?? thrown}`,
      remedy: 'Check the folder, its rights and the free space.',
      retryable: true,
      params: { file },
    });
  }
}

/** The file's text, or null when there is none. Any other trouble is a Failure. */
export async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw new Failure({
      code: 'E_STORE_READ',
      stage: 'store',
      message: `${file} cannot be read: ${code ?? thrown}`,
      remedy: 'Check the file and its rights.',
      retryable: false,
      params: { file },
    });
  }
}

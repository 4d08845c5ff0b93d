import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { AppError, Result } from '@shared/errors';
import { err } from '@shared/errors';
import { parseEstate } from '@shared/estate/parse';
import type { Estate } from '@shared/estate/schema';

/** Bytes; an estate file is a page or ten, not a database. */
const MAX_BYTES = 2_000_000;

const refuse = (code: string, file: string, message: string, remedy: string): Result<never, AppError[]> =>
  err([{ code, stage: 'estate', message, remedy, retryable: false, params: { file } }]);

/** Reads and checks an estate file. Every problem is reported at once, with file, line and column. */
export async function readEstate(file: string): Promise<Result<Estate, AppError[]>> {
  let bytes: Buffer;
  try {
    // Non-blocking, so that a named pipe given by mistake is an error and not a console that hangs.
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stat = await handle.stat();
      if (!stat.isFile()) {
        return refuse('E_ESTATE_FILE', file, `${file} is not a file.`, 'Name the estate file itself.');
      }
      if (stat.size > MAX_BYTES) {
        const message = `${file} has ${stat.size} bytes; an estate file has at most ${MAX_BYTES}.`;
        return refuse('E_ESTATE_SIZE', file, message, 'Check that this is the estate file.');
      }
      bytes = await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code ?? 'unknown';
    const message = code === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read: ${code}.`;
    return refuse('E_ESTATE_FILE', file, message, 'Check the name and the rights of the file.');
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    const { line, column } = firstBadCharacter(bytes);
    const message = `${file}:${line}:${column}: not UTF-8 from here on.`;
    return refuse('E_ESTATE_ENCODING', file, message, 'Save the file as UTF-8.');
  }
  return parseEstate(text, file);
}

/** Where a lossy reading puts its first replacement: near enough for a person to look at the right line. */
function firstBadCharacter(bytes: Buffer): { line: number; column: number } {
  const [good = ''] = bytes.toString('utf8').split('\uFFFD', 1);
  const lines = good.split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

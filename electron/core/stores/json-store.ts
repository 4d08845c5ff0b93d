import { rename } from 'node:fs/promises';
import type { z } from 'zod';
import { readIfThere, writeAtomic } from './atomic-file';

/** One small JSON document on disk, checked by a schema whenever it is read. */
export interface JsonStore<T> {
  read(): Promise<T>;
  write(value: T): Promise<void>;
}

/**
 * A document that cannot be read back is moved aside as `<file>.unreadable` and the fallback is used: settings
 * and looks are convenience, and a console that does not start because of them would be worse.
 */
export function jsonStore<S extends z.ZodType>(
  file: string,
  schema: S,
  fallback: z.output<S>,
): JsonStore<z.output<S>> {
  let queue: Promise<void> = Promise.resolve();
  return {
    async read() {
      const text = await readIfThere(file);
      if (text === null) return fallback;
      try {
        return schema.parse(JSON.parse(text));
      } catch {
        await rename(file, `${file}.unreadable`).catch(() => undefined);
        return fallback;
      }
    },
    write(value) {
      // Writes of one store follow each other; a failed one does not stop the next.
      const next = queue.then(() => writeAtomic(file, `${JSON.stringify(value)}\n`));
      queue = next.catch(() => undefined);
      return next;
    },
  };
}

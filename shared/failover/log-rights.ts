import { sudoersFor } from '../switchover/sudo-commands';

/** A binary log ends in a full stop and six digits (both dialects; more only after the millionth file). */
const LOG_NAME = /^[^/\0\n]+\.\d{6}$/;
const DIGITS = '[0-9]'.repeat(6);
/** Where both dialects' packages of Debian keep their data, and the name that both labs and MySQL give the log. */
export const DEFAULT_LOG_BASE = '/var/lib/mysql/binlog';

/** What reads one file of a server, as root: it can do nothing else. */
export const readCommand = (file: string): string[] => ['cat', '--', file];
export const indexOf = (base: string): string => `${base}.index`;

/**
 * sudoers lines that let an account read the binary logs below a base name, and nothing else: the six digits are the only
 * part that may be anything, so no other file and no option fits (sudoers(5), "Wildcards").
 */
export function logSudoers(user: string, base: string): string[] {
  const [index = ''] = sudoersFor(user, [readCommand(indexOf(base))]);
  return [index, index.replace(/index$/, DIGITS)];
}

/**
 * The files that an index names, oldest first, each below the base name that may be read. A line that names another file is
 * left out: `readable` is false then, since nobody knows what was in it.
 */
export function logsInIndex(text: string, base: string): { files: string[]; readable: boolean } {
  const folder = base.slice(0, base.lastIndexOf('/') + 1);
  const stem = base.slice(folder.length);
  const lines = text.split('\n').map((line) => line.trim());
  const named = lines.filter((line) => line !== '');
  const files = named.flatMap((line) => {
    const name = line.slice(line.lastIndexOf('/') + 1);
    return LOG_NAME.test(name) && name.slice(0, -7) === stem ? [`${folder}${name}`] : [];
  });
  return { files, readable: files.length === named.length };
}

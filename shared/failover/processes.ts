/** Processes of a database server in both dialects, by the name that the kernel keeps of them. */
const SERVERS: ReadonlySet<string> = new Set(['mysqld', 'mariadbd']);
/** /proc/PID/stat (proc(5)): the name stands in brackets and may hold any; the letter after the last one is the state. */
const LINE = /^\d+ \((.*)\) ([A-Za-z]) /;

/** A script that prints one line of /proc/PID/stat for each process; ends with 3 where the kernel hides those of others. */
export const PROCESSES =
  '[ -r /proc/1/stat ] && read -r _ </proc/1/stat || exit 3; cat /proc/[0-9]*/stat 2>/dev/null; exit 0';

/**
 * Does a database server still run on that host? Any one: with several on a host it is not known whose it is, and then nothing
 * is claimed to be over. One that is dead and not yet waited for (Z, X) runs nothing any more.
 */
export function serverProcess(stat: string, exit: number | null): 'runs' | 'gone' | 'unknown' {
  if (exit !== 0) return 'unknown';
  const found = stat.split('\n').flatMap((line) => {
    const match = LINE.exec(line);
    return match?.[1] !== undefined && match[2] !== undefined ? [{ name: match[1], state: match[2] }] : [];
  });
  if (found.length === 0) return 'unknown';
  return found.some(({ name, state }) => SERVERS.has(name) && !/[ZX]/i.test(state)) ? 'runs' : 'gone';
}

import { lines } from '../../kinds/parse-kit';
import type { ConfigurationReading } from '../readings';

/** MariaDB cannot persist a variable: what a restart brings stands in its option files. */

/** Our own file, named so that the server reads it after the others of its folder. */
const OURS = 'zz-patronus.cnf';

/**
 * `sh -c SCRIPT name PIDFILE`. Prints, in the order in which the server reads them: `set|FILE|LINE` for each line of a
 * server section that sets read_only, `in|FOLDER` and `out|FOLDER` around an included folder, and at the end
 * `end|FILES READ|FILES HIDDEN`. The files are those of the very process (--defaults-file, --defaults-extra-file), else
 * the usual ones (MariaDB: "Configuring MariaDB with Option Files"). Only these lines are printed: others hold passwords.
 */
export const CONFIGURATION_SCRIPT = String.raw`export LC_ALL=C
p=$(cat "$1" 2>/dev/null)
[ -n "$p" ] && [ -r "/proc/$p/cmdline" ] || { set -- $(pidof mariadbd mysqld); [ $# = 1 ] && p=$1 || { echo 'end|0|0'; exit; }; }
option() { tr '\0' '\n' </proc/$p/cmdline | sed -n "s/^--$1=//p" | head -n 1; }
awk -v main="$(option defaults-file)" -v extra="$(option defaults-extra-file)" '
function read_file(file, must,   line, section, name, dir, list, n, i, command, got) {
  if (++depth > 6) { depth--; return }
  section = ""
  while ((got = (getline line < file)) > 0) {
    sub(/^[ \t]+/, "", line); sub(/[ \t\r]+$/, "", line)
    if (line ~ /^!includedir[ \t]/) {
      dir = line; sub(/^!includedir[ \t]+/, "", dir); sub(/\/+$/, "", dir); gsub(/\047/, "", dir)
      print "in|" dir
      command = "ls \047" dir "\047 2>/dev/null"; n = 0
      while ((command | getline name) > 0) if (name ~ /\.cnf$/) list[++n] = name
      if (close(command) != 0) hidden++
      for (i = 1; i <= n; i++) read_file(dir "/" list[i], 1)
      print "out|" dir
    } else if (line ~ /^!include[ \t]/) { dir = line; sub(/^!include[ \t]+/, "", dir); read_file(dir, 1) }
    else if (line ~ /^\[/) { section = line; gsub(/[][]/, "", section) }
    else if (section ~ /^(mysqld|mariadbd|mariadb|server)(-[0-9.]+)?$/ && line ~ /^(loose[_-])?read[_-]only([ \t]*=|$)/) print "set|" file "|" line
  }
  close(file)
  if (got == 0) seen++
  else if (must || system("test -e \047" file "\047") == 0) hidden++
  depth--
}
BEGIN {
  if (main != "") read_file(main, 1)
  else { read_file("/etc/my.cnf", 0); read_file("/etc/mysql/my.cnf", 0); if (extra != "") read_file(extra, 1) }
  print "end|" seen + 0 "|" hidden + 0
}' 2>/dev/null`;

/** `sh -c OWN_FILE_SCRIPT name FILE`: the text after a first line that says whether it is there. */
export const OWN_FILE_SCRIPT =
  'if [ -e "$1" ]; then cat -- "$1" >/dev/null && echo there && cat -- "$1"; else echo none; fi';

export type ConfigurationFound =
  | { state: 'read'; reading: Omit<ConfigurationReading, 'oursText'> }
  /** No process was found, or files that the account may not read: what they say may be the opposite. */
  | { state: 'hidden'; files: number };

/**
 * Reads what the script printed. Ours is in the folder that is included last; it decides only if nothing that the
 * server reads after it sets read_only.
 */
export function configurationOf(stdout: string): ConfigurationFound {
  const sets: { file: string; line: string }[] = [];
  let ours: string | null = null;
  let after: string[] = [];
  let hidden = 1;
  for (const line of lines(stdout)) {
    const [word = '', what = '', ...rest] = line.split('|');
    if (word === 'in') [ours, after] = [`${what}/${OURS}`, []];
    if (word === 'set') {
      sets.push({ file: what, line: rest.join('|') });
      after.push(what);
    }
    if (word === 'end') hidden = Number(rest[0] ?? 1) + (Number(what) > 0 ? 0 : 1);
  }
  if (hidden > 0) return { state: 'hidden', files: hidden };
  const folder = ours?.slice(0, ours.lastIndexOf('/') + 1);
  const isBeforeOurs = (file: string) =>
    ours !== null && folder !== undefined && file.startsWith(folder) && file <= ours;
  return {
    state: 'read',
    reading: {
      sets,
      ours: ours ?? `/etc/mysql/${OURS}`,
      included: ours !== null && after.every(isBeforeOurs),
    },
  };
}

/** What OWN_FILE_SCRIPT printed. */
export const ownFileText = (stdout: string): string | null =>
  stdout.startsWith('there\n') ? stdout.slice('there\n'.length) : null;

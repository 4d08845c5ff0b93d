import type { CommandOutput, Parsed, Probe, Row } from './kind';
import { tableOf } from './mysql-replication-parse';
import { lines } from './parse-kit';

/**
 * What the configuration files will say at the next start, for the settings that decide whether a server comes
 * back writable or replicating. Only these lines are printed: other sections may hold passwords. The files are
 * those that --defaults-file of the running server names, else the usual ones; includes are followed in the
 * order in which the server reads them (MySQL manual, "Using Option Files"), and the last line wins.
 */
const KEYS = 'super[_-]read[_-]only|read[_-]only|skip[_-](slave|replica)[_-]start';
const SCRIPT = String.raw`export LC_ALL=C
main=
for p in $(pidof mysqld mariadbd 2>/dev/null); do
  f=$(tr '\0' '\n' </proc/$p/cmdline 2>/dev/null | sed -n 's/^--defaults-file=//p' | head -n 1)
  [ -n "$f" ] && main=$f
done
awk -v main="$main" '
function read_file(file, depth,   line, section, name, dir, list, n, i, command, got) {
  if (depth > 5) return
  section = ""
  while ((got = (getline line < file)) > 0) {
    sub(/^[ \t]+/, "", line); sub(/[ \t\r]+$/, "", line)
    if (line ~ /^!includedir[ \t]/) {
      dir = line; sub(/^!includedir[ \t]+/, "", dir); gsub(/\047/, "", dir)
      command = "ls \047" dir "\047 2>/dev/null"; n = 0
      while ((command | getline name) > 0) if (name ~ /\.cnf$/) list[++n] = name
      close(command)
      for (i = 1; i <= n; i++) read_file(dir "/" list[i], depth + 1)
    } else if (line ~ /^!include[ \t]/) { dir = line; sub(/^!include[ \t]+/, "", dir); read_file(dir, depth + 1) }
    else if (line ~ /^\[/) { section = line; gsub(/[][]/, "", section) }
    else if (section ~ /^(mysqld|mariadbd|mariadb|server)(-[0-9.]+)?$/ && line ~ /^(loose[_-])?(${KEYS})([ \t]*=|$)/) print file "|" line
  }
  close(file)
  if (got == 0) seen++
  else if (depth > 0 || main != "" || system("test -e \047" file "\047") == 0) hidden++
}
BEGIN {
  if (main != "") read_file(main, 0)
  else { read_file("/etc/my.cnf", 0); read_file("/etc/mysql/my.cnf", 0) }
  print "end|" seen + 0 "|" hidden + 0
}' 2>/dev/null`;

/**
 * Rows {file, key, value}; the key with underscores, a key without a value is "1". No table when no file was
 * read, or one of them could not be: what it says may be the opposite.
 */
export function parseConfig({ stdout }: CommandOutput): Parsed {
  const rows: Row[] = [];
  let ended = false;
  for (const line of lines(stdout)) {
    const bar = line.indexOf('|');
    const [file, rest] = [line.slice(0, bar), line.slice(bar + 1)];
    if (file === 'end') ended = /^[1-9]\d*\|0$/.test(rest);
    const match = /^(?:loose[_-])?([a-z_-]+)[ \t]*(?:=[ \t]*(.*))?$/.exec(rest);
    if (bar > 0 && file !== 'end' && match?.[1])
      rows.push({
        file,
        key: match[1].replaceAll('-', '_'),
        value: (match[2] ?? '1').replaceAll(/["']/g, ''),
      });
  }
  return ended ? tableOf('config')(rows) : { facts: {} };
}

export const mysqlConfig: Probe = {
  id: 'mysql.config',
  every: 'rare',
  via: 'ssh',
  fills: [],
  argv: () => ['sh', '-c', SCRIPT],
  parse: parseConfig,
};

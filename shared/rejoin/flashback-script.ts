import type { SshCommand } from '../runbook/command';
import { secret, ssh, text } from '../switchover/commands';
import type { OwnFile } from './own-log';

/**
 * What runs on the old primary's host to save its binary logs there, and to take back what stands in them. All of it as the
 * acting account; root only reads the logs. `mariadb-binlog --flashback` turns the events of several files round as one history
 * (seen on 10.11), and so does the XA transaction into which they go: prepared, they outlive a crash of the server, and either
 * all of them come or none.
 */

/** The branch of the XA transaction, and what XA RECOVER shows of it. */
export const BRANCH = 'patronus-rejoin';

/** Copies of the logs lie there, with what was made of them: beside the records of runs. Names are the look's own. */
export const keptFolder = (lookId: string): string => `.patronus/kept/${lookId}`;

const baseName = (file: string): string => file.slice(file.lastIndexOf('/') + 1);

/** As `sha256sum` prints it of the copies: what they have to be. */
export const sumsOf = (files: readonly OwnFile[]): string =>
  files
    .map(({ file, sha256 }) => `${sha256}  ${baseName(file)}`)
    .toSorted((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1))
    .join('\n');

/** $1 folder, then the names of the copies. Says nothing where none is there. */
const SUMS = `cd "$HOME/$1" 2>/dev/null || exit 0; shift
for name; do [ ! -e "$name" ] || sha256sum -- "$name"; done | LC_ALL=C sort -k 2`;

/** Each beside its place first: half a copy never has a copy's name. A second time does no harm. */
const KEEP = `set -eu; umask 077; to="$HOME/$1"; shift
mkdir -p "$to"; chmod 700 "$to"
for file; do
  name=\${file##*/}
  sudo -n cat -- "$file" >"$to/$name.part"
  sync "$to/$name.part"; mv -T "$to/$name.part" "$to/$name"
done
sync "$to"`;

const DROP = `cd "$HOME/$1" 2>/dev/null || exit 0
folder=$1; shift
for name; do rm -f -- "$name" "$name.part"; done
rm -rf -- cut back.sql; cd / && { rmdir -- "$HOME/$folder" || :; }`;

/**
 * $1 folder, $2 address and $3 port of the server, $4 branch, $5 where the first own transaction begins in the first log, then for each log its name and
 * where the last of them ends. Standard input: user, then password. Behind that end stands nothing, or a transaction that was
 * never done. Of what mariadb-binlog prints only BINLOG statements are used: everything else in it may be a name or a statement
 * that somebody chose. The account goes in through a pipe: it stands in no file and in no list of processes.
 */
const PREPARE = `set -eu; umask 077; cd "$HOME/$1"; host=$2; port=$3; branch=$4; start=$5; shift 5
IFS= read -r user; IFS= read -r password || [ -n "$password" ]
rm -rf cut; mkdir cut; n=$#
while [ "$n" -gt 0 ]; do
  head -c "$2" -- "$1" >"cut/$1"; set -- "$@" "cut/$1"; shift 2; n=$((n - 2))
done
mariadb-binlog --no-defaults --flashback --start-position="$start" -- "$@" >cut/all 2>cut/said
[ ! -s cut/said ] || { cat cut/said >&2; exit 65; }
{ printf '%s\\n' 'SET SESSION sql_log_bin = 0, max_statement_time = 0, lock_wait_timeout = 5, innodb_lock_wait_timeout = 5;' \\
    "XA START '$branch';" 'DELIMITER /*!*/;'
  awk '/^BINLOG \\047$/ { on = 1; print; next }
    on && /^\\047\\/\\*!\\*\\/;$/ { on = 0; print; next }
    on && /^[A-Za-z0-9+\\/=]+$/ { print; next }
    on { bad = 1; exit } END { exit bad || on ? 65 : 0 }' cut/all
  printf '%s\\n' 'DELIMITER ;' "XA END '$branch';" "XA PREPARE '$branch';"
} >back.sql
rm -rf cut
escaped() { printf %s "$1" | sed 's/[\\\\"]/\\\\&/g'; }
printf '[client]\\nuser="%s"\\npassword="%s"\\n' "$(escaped "$user")" "$(escaped "$password")" |
  { exec 3<&0; mariadb --defaults-file=/dev/fd/3 --protocol=tcp --host="$host" --port="$port" --batch <back.sql; }
rm -f back.sql`;

/** A gigabyte is copied, or turned round and put back, in this time. */
const LONG_MS = 30 * 60_000;

const names = (files: readonly OwnFile[]): string[] => files.map(({ file }) => baseName(file));

export const keptSums = (node: string, lookId: string, files: readonly OwnFile[]): SshCommand =>
  ssh(node, ['sh', '-c', SUMS, 'sh', keptFolder(lookId), ...names(files)], { timeoutMs: LONG_MS });

export const keepLogs = (node: string, lookId: string, files: readonly OwnFile[]): SshCommand =>
  ssh(node, ['sh', '-c', KEEP, 'sh', keptFolder(lookId), ...files.map(({ file }) => file)], {
    timeoutMs: LONG_MS,
  });

export const dropLogs = (node: string, lookId: string, files: readonly OwnFile[]): SshCommand =>
  ssh(node, ['sh', '-c', DROP, 'sh', keptFolder(lookId), ...names(files)]);

interface Prepared {
  node: string;
  /** Where the server listens, seen from its own host. */
  address: string;
  port: number;
  lookId: string;
  files: readonly OwnFile[];
  user: string;
  /** Name of the secret in the plan. */
  password: string;
}

export const prepareBack = ({ node, address, port, lookId, files, user, password }: Prepared): SshCommand => {
  const first = files[0]?.from ?? 0;
  const ends = files.flatMap(({ file, to }) => [baseName(file), `${to}`]);
  const words = [keptFolder(lookId), address, `${port}`, BRANCH, `${first}`, ...ends];
  return ssh(node, ['sh', '-c', PREPARE, 'sh', ...words], {
    stdin: [text(user), '\n', secret(password), '\n'],
    timeoutMs: LONG_MS,
  });
};

import type { ServiceCommands } from '../../estate/service-control';
import { ACTIVE, INACTIVE } from '../../estate/service-control';
import { shellWord } from '../../shell-word';
import { type Places, rootCommands } from './places';

/**
 * Scripts that run on the old host as one command each (electron/core/runbook/remote-command.ts): once begun they come to
 * their end whatever becomes of the console, and bring the server up again whatever becomes of them.
 */

const line = (words: readonly string[]): string => words.map(shellWord).join(' ');
const asRoot = (words: readonly string[]): string => line(['sudo', '-n', '--', ...words]);

/** Half a second each: a server that flushes a large buffer pool, or that recovers, takes its time. */
const TURNS = 1_200;
const until = (holds: string): string =>
  `n=0; until ${holds}; do n=$((n + 1)); [ "$n" -lt ${TURNS} ] || exit 75; sleep 0.5; done`;
const isIn = (state: string, { state: ask }: ServiceCommands): string => `[ "$(${line(ask)})" = ${state} ]`;

/**
 * The server's own client, with the password on a descriptor: in no argument, in no file. Words of the script: host, port and
 * account of the server itself. Its standard input, a line each: that account's password, and the replication account's.
 */
const CLIENT = `set -u; umask 077; host=$1; port=$2; user=$3
IFS= read -r own; IFS= read -r theirs
option=$(printf %s "$own" | sed 's/[\\"]/\\\\&/g')
literal=$(printf %s "$theirs" | sed -e 's/\\\\/\\\\\\\\/g' -e "s/'/''/g")
client() { { echo "SET SESSION sql_mode = '';"; cat; } | mysql --defaults-file=/dev/fd/3 --protocol=TCP --get-server-public-key \\
  --host="$host" --port="$port" --user="$user" --batch 3<<END
[client]
password="$option"
END
}
`;

/** An account at a server's address. */
export interface Login {
  host: string;
  port: number;
  user: string;
}

/** MySQL: a whole copy of the server's own data beside it, under its final name only when it is whole. */
export function keepScript(places: Places): string {
  const { dropPart, keep } = rootCommands(places);
  return `${CLIENT}[ ! -e ${shellWord(places.kept)} ] || exit 0
${asRoot(dropPart)} || exit 1
client <<'END' || exit 1
CLONE LOCAL DATA DIRECTORY = '${literal(places.part)}';
END
${asRoot(keep)}`;
}

/** Within quotes of SQL. */
const literal = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll("'", "''");

/** "The server could not restart itself": it shuts down then, with the copy complete (9.7: MY-013462). */
const NOT_RESTARTED = 'ERROR 3707';
/** "Lost connection", "gone away": it restarts itself. */
const LOST = ['ERROR 2013', 'ERROR 2006'];

/**
 * MySQL: the data of the donor in place of its own. CLONE refuses under super_read_only only after it has begun to drop tables
 * (1290 on 9.7), so that goes off for as long as it lasts, and read_only stays; what was persisted closes the server again
 * when it starts. Where CLONE fails, it is closed at once.
 */
export const cloneScript = (control: ServiceCommands): string => `${CLIENT}
said=$(client 2>&1 <<END
SET GLOBAL clone_valid_donor_list = '$4:$5';
SET GLOBAL super_read_only = 0;
CLONE INSTANCE FROM '$6'@'$4':$5 IDENTIFIED BY '$literal' REQUIRE SSL;
END
)
case $said in
  *${shellWord(NOT_RESTARTED)}*) ${until(isIn(INACTIVE, control))} ;;
  ${LOST.map((one) => `*${shellWord(one)}*`).join(' | ')} | '') ;;
  *) echo "$said" >&2; echo 'SET GLOBAL super_read_only = 1;' | client; exit 1 ;;
esac
${line(control.start)} || exit 1
${until("echo 'DO 1;' | client >/dev/null 2>&1")}`;

/** The words after a script of the client's: the server itself, and of `cloneScript` who gives. */
export const clientWords = ({ host, port, user }: Login, donor: Login | null = null): string[] => [
  ...[host, `${port}`, user],
  ...(donor ? [literal(donor.host), `${donor.port}`, literal(donor.user)] : []),
];

/** mariadb-backup streams it last: where it is missing, the stream was cut between two files. 11.1 renamed it. */
const LAST = ['xtrabackup_info', 'mariadb_backup_info'];

/**
 * MariaDB, receiving: whatever an earlier attempt left is gone first, so that it begins anew each time; and what did not come
 * whole is gone when it ends, also when the console is gone by then.
 */
export function takeScript(places: Places): string {
  const { open, begin, dropPart, take, leave } = rootCommands(places);
  const whole = LAST.map((name) => `[ -e ${shellWord(`${places.part}/${name}`)} ]`).join(' || ');
  return `${asRoot(dropPart)} && ${asRoot(open)} && ${asRoot(begin)} || exit 1
${asRoot(take)}; code=$?
if [ "$code" -eq 0 ] && { ${whole}; }; then exit 0; fi
${asRoot(dropPart)}; ${asRoot(leave)}
[ "$code" -ne 0 ] || code=74
exit "$code"`;
}

/**
 * MariaDB: the server stops, what it held is set aside, what came is moved in, the server starts. Each may be done already.
 * Where a rename fails, it starts with what it held.
 */
export function swapScript(places: Places, control: ServiceCommands): string {
  const { setAside, moveIn, putBack } = rootCommands(places);
  const [datadir, ready, kept] = [places.datadir, places.ready, places.kept].map(shellWord);
  const start = line(control.start);
  return `if [ ! -e ${kept} ]; then
  [ -e ${ready} ] || exit 74
  ${line(control.stop)} || exit 1
  ${until(isIn(INACTIVE, control))}
  ${asRoot(setAside)} || { ${start}; exit 1; }
fi
if [ -e ${ready} ]; then
  [ ! -e ${datadir} ] || exit 74
  ${asRoot(moveIn)} || { ${asRoot(putBack)}; ${start}; exit 1; }
fi
${start} || exit 1
${until(isIn(ACTIVE, control))}`;
}

/** MariaDB: the position of the copy, as its third column says it. */
export function positionScript(files: readonly string[]): string {
  const read = files.map((file) => `${asRoot(['cat', '--', file])} 2>/dev/null`).join(' || ');
  return `{ ${read}; } | cut -f3 | head -n 1`;
}

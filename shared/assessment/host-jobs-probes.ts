import { type AssessmentProbe, needsRoot } from './model';
import { PREAMBLE, readRecords } from './records';

/** Programs that save something, by which a job is known as a backup. */
export const DATABASE_TOOLS = [
  'mysqldump',
  'mariadb-dump',
  'mydumper',
  'mysqlpump',
  'mysqlsh',
  'xtrabackup',
  'innobackupex',
  'mariabackup',
  'mariadb-backup',
  'automysqlbackup',
  'holland',
  'pg_dump',
  'pg_basebackup',
] as const;
export const FILE_TOOLS = [
  'rsync',
  'borg',
  'borgmatic',
  'restic',
  'rsnapshot',
  'rdiff-backup',
  'duplicity',
  'rclone',
  'unison',
] as const;

const TOOLS = [...DATABASE_TOOLS, ...FILE_TOOLS].join('|');

/**
 * What runs by itself: lines of crontabs, scripts of cron.daily and the like, timers. Of a line only the schedule, the
 * account, the name of the first program and the names of backup tools are sent: a password in it never travels.
 * What a timer starts is looked up in its unit file; a script that it or cron starts is looked into, one level deep.
 */
const JOBS = String.raw`${PREAMBLE}; tools='${TOOLS}'
in_file() { [ -f "$1" ] && [ -r "$1" ] && head -c 65536 "$1" | grep -v '^[[:space:]]*#' | grep -owE "$tools" | sort -u | tr '\n' ' '; }
for f in /etc/crontab /etc/cron.d/*; do
  [ -f "$f" ] || continue
  [ -r "$f" ] || { printf 'hidden\t%s\n' "$f"; continue; }
  awk -v t="^($tools)$" -v f="$f" '/^[ \t]*(#|$)/ || /^[ \t]*[A-Za-z_]+[ \t]*=/ { next }
    { if ($1 ~ /^@/) { w = $1; u = $2; s = 3 } else { w = $1 " " $2 " " $3 " " $4 " " $5; u = $6; s = 7 }
      p = ""; k = ""; x = ""
      for (i = s; i <= NF; i++) { if ($i ~ /^-[a-z]$/) { i++; continue }
        b = $i; gsub(/^["(;]+|[");&]+$/, "", b); full = b; sub(/^.*\//, "", b)
        if (b ~ t) k = k b " "
        if (p == "" && b ~ /^[A-Za-z]/ && b !~ /=/ && b !~ /^(cd|test|if|then|command|nice|ionice|exec|timeout|sudo|env|root|flock)$/) { p = b; if (full ~ /^\//) x = full } }
      if (p == "run-parts" || p == "") next
      print w "\t" u "\t" x "\t" k "\t" p "\t" f }' "$f" | while IFS= read -r line; do
    x=$(printf '%s' "$line" | cut -f 3); k=$(printf '%s' "$line" | cut -f 4)
    [ -n "$x" ] && case $x in */bin/*|*/sbin/*) case $x in /usr/local/*) k="$k$(in_file "$x")" ;; esac ;; *) k="$k$(in_file "$x")" ;; esac
    printf 'cron\t%s\t%s\t%s\t%s\t%s\n' "$(printf '%s' "$line" | cut -f 1)" "$(printf '%s' "$line" | cut -f 2)" "$k" "$(printf '%s' "$line" | cut -f 5)" "$f"
  done
done | head -n 500
for d in hourly daily weekly monthly; do for f in /etc/cron.$d/*; do
  [ -f "$f" ] && [ -x "$f" ] && printf 'cron\t%s\troot\t%s\t%s\t%s\n' $d "$(in_file "$f")" "$(printf '%s' "${'$'}{f##*/}" | tr '\t\n' '??')" "/etc/cron.$d"
done; done | head -n 500
{ timeout 5 systemctl list-timers --all --no-legend --plain --no-pager 2>/dev/null | awk '{ print $(NF - 1) }'; ls /etc/systemd/system/timers.target.wants 2>/dev/null; } | grep '\.timer$' | sort -u | head -n 200 | while IFS= read -r t; do
  k=; for f in "/etc/systemd/system/${'$'}{t%.timer}.service" "/lib/systemd/system/${'$'}{t%.timer}.service"; do
    [ -r "$f" ] || continue
    k=$(in_file "$f"); x=$(sed -n 's/^ExecStart=[-@+!:]*\([^ ]*\).*/\1/p' "$f" | head -n 1)
    case $x in ''|/bin/*|/usr/bin/*|/sbin/*|/usr/sbin/*) ;; *) k="$k$(in_file "$x")" ;; esac; break
  done
  printf 'timer\t%s\t%s\n' "$k" "$(printf %s "$t" | tr '\t' ' ')"
done
echo end`;

/**
 * The crontabs that people have of their own: whose, not what is in them. Debian keeps them where only root may look;
 * elsewhere they lie in another folder, for which there is no line here.
 */
const CRONTABS = String.raw`[ -d /var/spool/cron/crontabs ] || { [ -e /var/spool/cron ] && echo elsewhere; echo end; exit 0; }
out=$(sudo -n /usr/bin/ls -1 /var/spool/cron/crontabs) || exit 1
printf '%s\n' "$out" | tr '\t' ' ' | sed -n 's/^./owner\t&/p'
echo end`;

export const HOST_JOBS_PROBES: readonly AssessmentProbe[] = [
  {
    id: 'host.assess.jobs',
    gives: 'host.jobs',
    kind: 'host',
    via: 'ssh',
    timeoutMs: 90_000,
    argv: () => ['sh', '-c', JOBS],
    parse: (out) =>
      readRecords(out, {
        hidden: ['file'],
        cron: ['when', 'user', 'tools', 'program', 'file'],
        timer: ['tools', 'unit'],
      }),
  },
  {
    id: 'host.assess.crontabs',
    gives: 'host.crontabs',
    kind: 'host',
    via: 'ssh',
    more: '{user} ALL=(root) NOPASSWD: /usr/bin/ls -1 /var/spool/cron/crontabs',
    argv: () => ['sh', '-c', CRONTABS],
    parse: (out) => needsRoot(out) ?? readRecords(out, { elsewhere: [], owner: ['name'] }),
  },
];

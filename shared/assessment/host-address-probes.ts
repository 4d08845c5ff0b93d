import type { AssessmentProbe } from './model';
import { PREAMBLE, readRecords } from './records';

/**
 * Addresses written as numbers where a name could stand: in the configuration of the web server, of PHP, of the system
 * and of the application. Only file, line and the number are sent. At most 3 000 files of at most 256 KB, never over
 * a border between file systems (a mounted share), within 20 s, at most 1 000 addresses:
 * `whole 0` or `late` when one of these bounds was reached.
 */
const SCRIPT = String.raw`${PREAMBLE}
n='(^|[^0-9.])([0-9]{1,3}\.){3}[0-9]{1,3}([^0-9.]|$)'
list=$( { find -L /etc/apache2/apache2.conf /etc/apache2/ports.conf /etc/apache2/sites-enabled /etc/apache2/conf-enabled /etc/httpd /etc/nginx /etc/php /etc/hosts /etc/fstab /etc/crontab /etc/cron.d /etc/default /etc/samba/smb.conf /etc/my.cnf /etc/mysql -xdev -maxdepth 4 -type f -size -256k 2>/dev/null
  find /var/www /srv/www /opt /usr/local/etc -xdev -maxdepth 6 \( -name node_modules -o -name .git -o -path /opt/lab \) -prune -o -type f -size -256k \( -name '*.php' -o -name '*.inc' -o -name '*.ini' -o -name '*.conf' -o -name '*.cnf' -o -name '*.cfg' -o -name '.env*' -o -name '*.env' -o -name '*.yml' -o -name '*.yaml' -o -name '*.json' -o -name '*.xml' -o -name '*.properties' -o -name '*.py' -o -name '*.sh' -o -name '.htaccess' \) -print 2>/dev/null; } | head -n 3001)
files=$(printf '%s\n' "$list" | grep -c /)
hidden=$(printf '%s\n' "$list" | while IFS= read -r f; do [ -n "$f" ] && [ ! -r "$f" ] && echo; done | wc -l)
printf '%s\n' "$list" | head -n 3000 | tr '\n' '\0' | { timeout 20 xargs -0 -r grep -HnIE "$n" -- /dev/null 2>/dev/null; echo "exit $?"; } | awk '
  /^exit [0-9]+$/ { if ($2 == 124) print "late"; next } {
  i = match($0, /:[0-9]+:/); if (!i) next
  file = substr($0, 1, i - 1); gsub(/\t/, " ", file); line = substr($0, i + 1, RLENGTH - 2); rest = " " substr($0, i + RLENGTH)
  if (rest ~ /^[ \t]*(#|;|\/\/)/) next
  while (match(rest, /[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+/)) { a = substr(rest, RSTART, RLENGTH); rest = substr(rest, RSTART + RLENGTH); if (a !~ /^(127|0|255)\./ && ++n <= 1000) print "written\t" a "\t" line "\t" file } } END { if (n > 1000) print "late" }'
printf 'looked\t%s\t%s\t%s\n' "$files" "$hidden" "$([ "$files" -le 3000 ] && echo 1 || echo 0)"
echo end`;

export const HOST_ADDRESS_PROBES: readonly AssessmentProbe[] = [
  {
    id: 'host.assess.addresses',
    gives: 'host.addresses',
    kind: 'host',
    via: 'ssh',
    timeoutMs: 60_000,
    argv: () => ['sh', '-c', SCRIPT],
    parse: (out) =>
      readRecords(out, {
        late: [],
        written: ['address', 'line', 'file'],
        looked: ['files', 'hidden', 'whole'],
      }),
  },
];

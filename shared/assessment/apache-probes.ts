import { type AssessmentProbe, needsRoot } from './model';
import { PREAMBLE, readRecords } from './records';

/**
 * Apache as its own program reads it, with the variables that apachectl would give it: modules and virtual hosts
 * (`-M`, `-S` read the configuration and open no port or log), certificates with their ends as far as the files can be read, and
 * where PHP keeps its sessions.
 */
const PROGRAM = `a=$(command -v apache2 || command -v httpd) || { echo missing; echo end; exit 0; }
[ -r /etc/apache2/envvars ] && { APACHE_CONFDIR=/etc/apache2; . /etc/apache2/envvars >/dev/null 2>&1; }; export LC_ALL=C`;

const SCRIPT = String.raw`${PREAMBLE}
${PROGRAM}
timeout 10 $a -M 2>/dev/null | sed -n 's/^ *\([a-z0-9_]*\)_module (.*/module\t\1/p'
out=$(timeout 10 $a -S 2>/dev/null) && echo vhosts && printf '%s\n' "$out" | tr '\t' ' ' | awk '/is a NameVirtualHost/ { w = $1; next } /^ +(default server|port [0-9]+ namevhost) / { n = ($1 == "port") ? $4 : ""; if (n != "") { f = $NF; gsub(/[()]/, "", f); print "vhost\t" w "\t" n "\t" f } next } /^[^ ]+:[0-9*]+ +[^ ]+ +\(/ { f = $NF; gsub(/[()]/, "", f); print "vhost\t" $1 "\t" $2 "\t" f }'
for f in /etc/apache2/sites-enabled/* /etc/apache2/conf-enabled/* /etc/apache2/apache2.conf /etc/httpd/conf/httpd.conf /etc/httpd/conf.d/*.conf; do
  [ -f "$f" ] || continue
  [ -r "$f" ] || { printf 'hidden\t%s\n' "$f"; continue; }
  awk 'tolower($1) == "sslcertificatefile" { gsub(/"/, "", $2); print "c\t" $2 } tolower($1) ~ /^php(_admin)?_value$/ && tolower($2) == "session.save_handler" { print "s\t" $3 }' "$f"
done | sort -u | while IFS="$(printf '\t')" read -r what value; do
  case $what in
    hidden) printf 'hidden\t%s\n' "$value" ;;
    s) printf 'sessions\t%s\tvhost\n' "$value" ;;
    c) [ -r "$value" ] && end=$(timeout 5 openssl x509 -noout -enddate -in "$value" 2>/dev/null | sed -n 's/^notAfter=//p')
       printf 'certificate\t%s\t%s\n' "$end" "$value"; end= ;;
  esac
done
for f in /etc/php/*/apache2/php.ini /etc/php/*/fpm/php.ini /etc/php.ini /etc/php/*/apache2/conf.d/*.ini; do
  [ -r "$f" ] && sed -n 's/^[[:space:]]*session\.save_handler[[:space:]]*=[[:space:]]*"\{0,1\}\([A-Za-z]*\).*/\1/p' "$f" | sed "s|.*|sessions\t&\t$f|"
done
echo end`;

/**
 * Whether Apache would start with this configuration. This account may not see every key file: a fault that may only
 * be the want of a right is asked again as root, and unknown where sudo refuses.
 */
const TEST = String.raw`${PREAMBLE}
${PROGRAM}
out=$(timeout 15 $a -t 2>&1); r=$?
if [ $r -ne 0 ] && printf '%s' "$out" | grep -qiE 'permission denied|does not exist or is empty|could not open|unable to open'; then
  out=$(sudo -n /usr/sbin/apachectl -t 2>&1); r=$?
  case $out in *'password is required'*|*'not allowed'*|*'not in the sudoers'*|*'command not found'*) printf '%s\n' "$out" >&2; exit 1 ;; esac
fi
printf 'test\t%s\t%s\n' $r "$(printf '%s' "$out" | grep -v '^AH00558' | tr '\t\n' '  ' | cut -c 1-300)"
echo end`;

export const APACHE_PROBES: readonly AssessmentProbe[] = [
  {
    id: 'apache.assess.config',
    gives: 'apache.config',
    kind: 'apache',
    via: 'ssh',
    argv: () => ['sh', '-c', SCRIPT],
    parse: (out) =>
      readRecords(out, {
        missing: [],
        module: ['name'],
        vhosts: [],
        vhost: ['on', 'name', 'at'],
        hidden: ['file'],
        certificate: ['end', 'file'],
        sessions: ['handler', 'file'],
      }),
  },
  {
    id: 'apache.assess.test',
    gives: 'apache.test',
    kind: 'apache',
    via: 'ssh',
    more: '{user} ALL=(root) NOPASSWD: /usr/sbin/apachectl -t',
    argv: () => ['sh', '-c', TEST],
    parse: (out) => needsRoot(out) ?? readRecords(out, { missing: [], test: ['exit', 'said'] }),
  },
];

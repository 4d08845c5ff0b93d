import { sectionsOf } from './host-disks';
import type { CommandOutput, Parsed, Probe } from './kind';
import { present, toNumber, unknown, unreadable } from './parse-kit';

/**
 * Version, modules and virtual hosts, every 5 min, from the files, since `apachectl -S` wants to read keys and
 * logs that only root may. Of each file only the directives that say where requests come in and go to are
 * sent; of SetEnv only what looks like an address, never what is named like a secret; passwords in URLs are
 * struck out on the host, so that none ever travels.
 */
const SCRIPT = String.raw`export LC_ALL=C; PATH=$PATH:/usr/sbin:/sbin
echo '#version'; { apache2 -v || httpd -v; } 2>/dev/null
echo '#modules'; ls /etc/apache2/mods-enabled 2>/dev/null | sed -n 's/\.load$//p'
echo '#config'; for f in /etc/apache2/sites-enabled/* /etc/apache2/conf-enabled/* /etc/httpd/conf/httpd.conf /etc/httpd/conf.d/*.conf; do
  [ -f "$f" ] || continue
  [ -r "$f" ] || { echo "! $f"; continue; }
  awk '{ d = tolower($1) }
    d ~ /^(<virtualhost|<\/virtualhost>|servername|serveralias|documentroot|listen|proxypass|proxypassmatch|balancermember)/ ||
    (d == "setenv" && toupper($2) !~ /PASS|PWD|SECRET|TOKEN|KEY|CREDENTIAL/ && $3 ~ /^"?([a-z][a-z0-9+.-]*:\/\/|[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+(:[0-9]+)?"?$|[A-Za-z0-9.-]+:[0-9]+"?$)/) {
      gsub(/\/\/[^\/@ \t]*@/, "//"); sub(/\?.*$/, ""); print FILENAME " " $0 }' "$f"
done
echo '#end'`;

const PORTS: Readonly<Record<string, number>> = {
  http: 80,
  https: 443,
  ajp: 8009,
  fcgi: 9000,
  mysql: 3306,
  mariadb: 3306,
  postgresql: 5432,
  redis: 6379,
  memcached: 11211,
  ldap: 389,
};

type Link = NonNullable<Parsed['configured']>[number];

/**
 * The far end that a directive names. Port 0: it names an address and no port, and nothing is guessed.
 * Loopback and unix sockets are no link between hosts.
 */
function linkOf(directive: string, args: readonly string[], detail: string): Link | null {
  const value = (directive === 'balancermember' ? args[0] : args[1])?.replace(/^"|"$/g, '') ?? '';
  const url = /^([a-z][a-z0-9+.-]*):\/\/(?:\[([0-9a-fA-F:]+)\]|([^/:\s]+))(?::(\d+))?/.exec(value);
  const bare = url ? null : /^([A-Za-z0-9.-]+?)(?::(\d+))?$/.exec(value);
  const address = url?.[2] ?? url?.[3] ?? bare?.[1];
  if (address === undefined || /^(127\.|localhost$|::1$|unix)/.test(address)) return null;
  const protocol = url?.[1] === 'balancer' ? null : (url?.[1] ?? 'unknown');
  if (protocol === null) return null;
  const port = toNumber(url?.[4] ?? bare?.[2]) ?? PORTS[protocol] ?? 0;
  if (port > 65535) return null;
  return {
    origin: directive === 'setenv' ? 'dsn' : 'vhost',
    address,
    port,
    protocol,
    detail: detail.slice(0, 300),
  };
}

/** Parses what the script above printed. */
export function parseConfig({ stdout }: CommandOutput): Parsed {
  const sections = sectionsOf(stdout);
  if (!sections) return { facts: {}, error: unreadable('apache.config') };
  const version = sections.get('version')?.[0]?.match(/Apache\/(\d+(?:\.\d+)*)/)?.[1];
  const modules = sections.get('modules') ?? [];
  const vhosts: string[] = [];
  const configured: Link[] = [];
  const unreadableFiles: string[] = [];
  let current = '';
  for (const row of sections.get('config') ?? []) {
    const [file = '', first = '', ...args] = row.trim().split(/\s+/);
    const directive = first.toLowerCase();
    if (file === '!') unreadableFiles.push(first);
    else if (directive === '<virtualhost') current = args.join(' ').replace(/>$/, '');
    else if (directive === '</virtualhost>') current = '';
    else if (directive === 'servername' && current !== '')
      vhosts.push(`${current} ${args[0] ?? ''}`.slice(0, 200));
    else if (directive === 'setenv' || directive.startsWith('proxypass') || directive === 'balancermember') {
      const link = linkOf(directive, args, `${file}: ${[first, ...args].join(' ')}`);
      if (link) configured.push(link);
    }
  }
  const [blocked] = unreadableFiles;
  return {
    facts: {
      ...present({
        'apache.product': version === undefined ? undefined : 'Apache',
        'apache.version': version,
        'apache.modules': modules.length === 0 ? undefined : [...modules],
      }),
      'apache.vhosts': blocked === undefined ? vhosts : unknown(`${blocked} cannot be read by this account`),
    },
    configured,
  };
}

export const apacheConfig: Probe = {
  id: 'apache.config',
  every: 'rare',
  via: 'ssh',
  fills: ['apache.version', 'apache.modules', 'apache.vhosts'],
  withMore: {
    en: 'Reading every file under /etc/apache2 shows all virtual hosts and backends.',
    fr: 'Lire tous les fichiers sous /etc/apache2 montre tous les hôtes virtuels et leurs cibles.',
  },
  argv: () => ['sh', '-c', SCRIPT],
  parse: parseConfig,
};

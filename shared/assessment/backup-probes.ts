import type { AssessmentProbe } from './model';
import { PREAMBLE, readRecords } from './records';

/** Where backups usually lie. Each is looked into four levels deep, over no border between file systems. */
export const BACKUP_PLACES = [
  '/var/backups',
  '/backup',
  '/backups',
  '/sauvegarde',
  '/sauvegardes',
  '/srv/backup',
  '/srv/backups',
  '/data/backup',
  '/data/backups',
  '/opt/backup',
  '/opt/backups',
  '/var/lib/backup',
  '/var/lib/mysql-files',
  '/home',
  '/root',
  '/mnt',
  '/media',
] as const;

/**
 * What looks like a backup: dumps and archives, what the tools for MySQL and MariaDB leave beside their copies, repositories of
 * borg and restic; agents that run, and programs installed. The newest 200 files, by time; 20 s in all (`searched 124`: they
 * did not suffice). A place is told
 * as `seen`, `hidden` (it is there and closed to this account) or absent, and so is a remote one that was left alone.
 */
const SCRIPT = String.raw`${PREAMBLE}
for p in ${BACKUP_PLACES.join(' ')}; do
  if [ ! -d $p ]; then s=absent; elif [ -r $p ] && [ -x $p ]; then s=seen; else s=hidden; fi
  printf 'place\t%s\t%s\n' $s $p
done
awk '$3 ~ /^(cifs|smb3|nfs4?|fuse\..*)$/ && $2 ~ /[Bb]ackup|[Ss]auvegarde|^\/(mnt|media)\// { print "place\tremote\t" $2 }' /proc/mounts
{ timeout 20 find ${BACKUP_PLACES.join(' ')} -xdev -maxdepth 4 -type f \( -name '*.sql' -o -name '*.sql.gz' -o -name '*.sql.bz2' -o -name '*.sql.xz' -o -name '*.sql.zst' -o -name '*.dump' -o -name '*.dump.gz' -o -name '*.xbstream*' -o -name '*.mbstream*' -o -name xtrabackup_info -o -name mariadb_backup_info -o -name '@.done.json' -o -name '*.tar' -o -name '*.tar.gz' -o -name '*.tgz' -o -name '*.tar.zst' -o -name '*.tar.xz' -o -path '*/snapshots/????????????????????????????????????????????????????????????????' \) -printf '%T@\t%s\t%p\0' 2>/dev/null; printf '=\t%s\t\0' $?; } |
  tr '\n\0' '\001\n' | sort -rn | awk -F'\t' '$1 == "=" { print "searched\t" $2; next } ++n > 200 { next } { t = $1; sub(/\..*/, "", t); print "file\t" t "\t" $2 "\t" $3 }'
cat /proc/[0-9]*/comm 2>/dev/null | grep -xE 'bacula-fd|bareos-fd|veeamagent|veeamservice|veeamtransport|dsmcad|dsmc|tina_daemon|urbackupclient.*|amandad|cvd|nbdisco|bpcd|proxmox-backup.*|rubrikagents|netvault' | sort -u | head -n 20 | sed 's/^/agent\t/'
for t in borg borgmatic restic rsnapshot mydumper xtrabackup duplicity automysqlbackup holland rdiff-backup; do command -v $t >/dev/null && printf 'tool\t%s\n' $t; done
printf 'now\t%s\n' "$(date +%s)"
echo end`;

export const BACKUP_PROBES: readonly AssessmentProbe[] = [
  {
    id: 'host.assess.backups',
    gives: 'host.backups',
    kind: 'host',
    via: 'ssh',
    timeoutMs: 45_000,
    argv: () => ['sh', '-c', SCRIPT],
    parse: (out) =>
      readRecords(out, {
        place: ['state', 'path'],
        file: ['at', 'size', 'path'],
        agent: ['name'],
        tool: ['name'],
        searched: ['exit'],
        now: ['at'],
      }),
  },
];

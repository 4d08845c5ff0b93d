import type { AssessmentProbe } from './model';
import { PREAMBLE, readRecords } from './records';

/**
 * What the system says of itself: release, until when it is supported (os-release(5), SUPPORT_END: few say it), kernel
 * that runs and newest one installed, whether its clock is disciplined, room of local file systems. `df` gets the
 * types that are known to be local only: a file server that hangs would hang it.
 */
const SYSTEM = String.raw`${PREAMBLE}
f=/etc/os-release; [ -r $f ] || f=/usr/lib/os-release
for k in PRETTY_NAME ID VERSION_ID SUPPORT_END; do printf 'os\t%s\t%s\n' $k "$(sed -n "s/^$k=//p" $f 2>/dev/null | head -n 1 | tr -d "\"'\t")"; done
printf 'kernel\t%s\t%s\n' "$(uname -r)" "$(ls /boot 2>/dev/null | sed -n 's/^vmlinuz-//p' | sort -V | tail -n 1)"
printf 'sync\t%s\n' "$(timeout 3 timedatectl show -p NTPSynchronized --value 2>/dev/null)"
df -PB1 -t ext4 -t ext3 -t ext2 -t xfs -t btrfs -t zfs -t overlay 2>/dev/null | awk 'NR > 1 && $2 > 0 { m = $6; for (i = 7; i <= NF; i++) m = m " " $i; gsub(/\t/, " ", m); print "disk\t" $2 "\t" $3 "\t" $4 "\t" m }' | head -n 100
echo end`;

/**
 * Who sends mail from here: what listens on a mail port, what stands behind `sendmail`, how many wait. Exim lets only
 * its own group see the queue: then the number is not told.
 */
const MAIL = String.raw`${PREAMBLE}
awk '$4 == "0A" && $2 ~ /:(0019|01D1|024B)$/ { p = substr($2, length($2) - 3); print "listens\t" (p == "0019" ? 25 : p == "01D1" ? 465 : 587) }' /proc/net/tcp /proc/net/tcp6 2>/dev/null | sort -u
p=$(command -v sendmail) && printf 'sendmail\t%s\n' "$(readlink -f "$p")"
if command -v mailq >/dev/null; then
  timeout 5 mailq 2>/dev/null | awk '/queue is empty/ { n = 0; told = 1 } / in [0-9]+ Requests?/ { n = $(NF - 1) + 0; told = 1 } END { if (told) print "queue\t" n }'
fi
echo end`;

/**
 * Remote file systems: what /etc/fstab and systemd mount at a start, what is mounted now. Of the options only where
 * the password is kept, with the mode of that file; never a password.
 */
const MOUNTS = String.raw`${PREAMBLE}; set -f
t='^(cifs|smb3|smbfs|nfs4?|ceph|glusterfs|davfs|fuse[.].*|fuse)$'
[ -r /etc/fstab ] || echo hidden
awk -v t="$t" '$1 !~ /^#/ && $3 ~ t {
  c = ""; s = 0; n = split($4, o, ",")
  for (i = 1; i <= n; i++) { if (o[i] ~ /^cred(entials)?=/) { c = o[i]; sub(/^[^=]*=/, "", c) } else if (o[i] ~ /^pass(word)?=/) s = 1 }
  print $1 "\t" $2 "\t" $3 "\t" s "\t" c }' /etc/fstab 2>/dev/null | while IFS="$(printf '\t')" read -r device to type inline file; do
  mode=; [ -n "$file" ] && mode=$(stat -c %a -- "$file" 2>/dev/null)
  printf 'stated\t%s\t%s\t%s\t%s\t%s\t%s\n' "$device" "$to" "$type" "$inline" "$mode" "$file"
done
set +f; for f in /etc/systemd/system/*.mount; do [ -r "$f" ] && sed -n 's/^Where=/unit\t/p' "$f"; done; set -f
awk -v t="$t" '$3 ~ t && $3 !~ /^fuse\.(gvfsd-fuse|lxcfs|portal|snapfuse)$/ && $2 !~ /^\/(proc|sys|dev|run)\// { print "mounted\t" $1 "\t" $2 "\t" $3 }' /proc/mounts
echo end`;

export const HOST_SYSTEM_PROBES: readonly AssessmentProbe[] = [
  {
    id: 'host.assess.system',
    gives: 'host.system',
    kind: 'host',
    via: 'ssh',
    argv: () => ['sh', '-c', SYSTEM],
    parse: (out) =>
      readRecords(out, {
        os: ['name', 'value'],
        kernel: ['running', 'newest'],
        sync: ['value'],
        disk: ['size', 'used', 'free', 'mount'],
      }),
  },
  {
    id: 'host.assess.mail',
    gives: 'host.mail',
    kind: 'host',
    via: 'ssh',
    argv: () => ['sh', '-c', MAIL],
    parse: (out) => readRecords(out, { listens: ['port'], sendmail: ['program'], queue: ['count'] }),
  },
  {
    id: 'host.assess.mounts',
    gives: 'host.mounts',
    kind: 'host',
    via: 'ssh',
    argv: () => ['sh', '-c', MOUNTS],
    parse: (out) =>
      readRecords(out, {
        hidden: [],
        stated: ['from', 'to', 'type', 'inline', 'mode', 'file'],
        unit: ['to'],
        mounted: ['from', 'to', 'type'],
      }),
  },
];

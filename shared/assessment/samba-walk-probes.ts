import { type AssessmentProbe, needsRoot, notInstalled, type Read } from './model';
import { PREAMBLE, readRecords } from './records';

/** Names longer than this many bytes do not fit below encrypted file systems (eCryptfs), which some file servers use. */
export const LONG_NAME_BYTES = 143;
/** With server and share before it, a longer path is beyond the 260 characters of ordinary Windows programs. */
export const LONG_PATH_BYTES = 240;
/** Bounds of the walk, all shares together: entries per share, seconds per share, seconds after which none is begun. */
const MOST_ENTRIES = 200_000;
const SHARE_SECONDS = 20;
const ALL_SECONDS = 45;

/**
 * The shares' trees, each for at most 20 s and 200 000 entries, over no border between file systems: how many of what,
 * and a few names of what may not survive a copy. Names are folded by `sed` in UTF-8, so that É and é clash too. `whole 1`
 * only if find came to its end by itself; folders that this account cannot enter are counted.
 * Access lists are told by `ls` (a plus sign), attributes by the system call that python3 has, each over the same entries.
 */
const SCRIPT = String.raw`${PREAMBLE}; began=$(date +%s)
command -v testparm >/dev/null || exit 127
timeout 10 testparm -s 2>/dev/null </dev/null | awk '/^\[.*\]$/ { s = substr($0, 2, length($0) - 2) } /^\tpath = \// { print s; print substr($0, 9) }' | head -n 100 | while IFS= read -r share && IFS= read -r path; do
  case $share in global|homes|printers|print\$|netlogon|sysvol) continue ;; esac
  [ $(($(date +%s) - began)) -lt ${ALL_SECONDS} ] || { printf 'late\t%s\n' "$share"; continue; }
  [ -d "$path" ] && [ -r "$path" ] && [ -x "$path" ] || { printf 'hidden\t%s\n' "$share"; continue; }
  { timeout ${SHARE_SECONDS} find "$path" -mindepth 1 -xdev \( -type d \( ! -readable -o ! -executable \) -printf 'u\t1\t0\t%P\0' -prune \) -o -printf '%y\t%n\t%s\t%P\0' 2>/dev/null; printf '=\t%s\t0\t\0' $?; } |
    tr '\n\0' '\001\n' | head -n ${MOST_ENTRIES} | LC_ALL=C.UTF-8 sed 'h;s/.*/\L&/;x;G' | awk -F'\t' -v share="$share" '
    function some(k, p) { c[k]++; if (c[k] <= 5) print "case\t" share "\t" k "\t" p }
    NR % 2 { t = $1; n = $2; size = $3; p = $0; sub(/^[^\t]*\t[^\t]*\t[^\t]*\t/, "", p); gsub(/\t/, "\001", p); next }
    t == "=" { whole = (n == 0); next }
    { all++; bytes += size; l = $0; sub(/^[^\t]*\t[^\t]*\t[^\t]*\t/, "", l); b = p; sub(/^.*\//, "", b)
      if (t == "u") some("closed", p); else if (t == "l") some("symlink", p); else if (t == "d") c["folder"]++
      else if (t == "f") { c["file"]++; if (n > 1) some("hardlink", p) } else some("special", p)
      if (l in seen) some("clash", p); else seen[l]
      if (length(b) > ${LONG_NAME_BYTES}) some("name", p); if (length(p) > ${LONG_PATH_BYTES}) some("path", p)
      if (b ~ /[\001-\037:*?"<>|\\]/ || b ~ /[ .]$/) some("odd", p) }
    END { printf "walk\t%s\t%d\t%d\t%.0f\n", share, whole, all, bytes; for (k in c) print "count\t" share "\t" k "\t" c[k] }'
  timeout ${SHARE_SECONDS} find "$path" -xdev -type d ! -executable -prune -o \( -type d -o -type f \) -print0 2>/dev/null | head -z -n ${MOST_ENTRIES} | timeout ${SHARE_SECONDS} xargs -0 -r ls -ldq 2>/dev/null | awk -v share="$share" 'substr($1, 11, 1) == "+" { n++ } { all++ } END { print "acl\t" share "\t" all + 0 "\t" n + 0 }'
  command -v python3 >/dev/null && timeout ${SHARE_SECONDS} find "$path" -xdev -type d ! -executable -prune -o \( -type d -o -type f \) -print0 2>/dev/null | head -z -n ${MOST_ENTRIES} | timeout ${SHARE_SECONDS} python3 -c '
import os, sys, collections
n = 0; seen = collections.Counter()
for name in sys.stdin.buffer.read().split(b"\0"):
    if not name: continue
    try: found = os.listxattr(name, follow_symlinks=False)
    except OSError: continue
    n += 1
    seen.update(a for a in found if not a.startswith("system.posix_acl"))
print("xattr", n, " ".join("%s:%d" % one for one in seen.most_common(12)), sep="\t")' | tr '\n' '\t' | awk -F'\t' -v share="$share" '{ n = $2; x = $3 } END { print "xattr\t" share "\t" n "\t" x }'
done
echo end`;

/**
 * Who has a file open, and with what right: only root may ask smbd. A refused sudo leaves a line in the host's log (by its
 * default also a mail to root), so it is tried once a run, and never by watching.
 */
const OPEN = String.raw`out=$(sudo -n /usr/bin/smbstatus -L) || exit 1
printf '%s\n' "$out" | tr '\t' ' ' | awk '/^-----/ { on = 1; next } on && NF > 6 { print "open\t" $5 "\t" $0 }' | head -n 500
echo end`;

export const SAMBA_WALK_PROBES: readonly AssessmentProbe[] = [
  {
    id: 'samba.assess.walk',
    gives: 'samba.walk',
    kind: 'samba',
    via: 'ssh',
    timeoutMs: 180_000,
    argv: () => ['sh', '-c', SCRIPT],
    parse: (out): Read =>
      notInstalled(out, 'testparm') ??
      readRecords(out, {
        late: ['share'],
        hidden: ['share'],
        case: ['share', 'kind', 'name'],
        walk: ['share', 'whole', 'entries', 'bytes'],
        count: ['share', 'kind', 'count'],
        acl: ['share', 'entries', 'count'],
        xattr: ['share', 'entries', 'names'],
      }),
  },
  {
    id: 'samba.assess.open',
    gives: 'samba.open',
    kind: 'samba',
    via: 'ssh',
    more: '{user} ALL=(root) NOPASSWD: /usr/bin/smbstatus -L',
    argv: () => ['sh', '-c', OPEN],
    parse: (out): Read => needsRoot(out) ?? readRecords(out, { open: ['access', 'line'] }),
  },
];

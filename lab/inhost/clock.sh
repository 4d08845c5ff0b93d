#!/bin/bash
# The clock of this host, SECONDS ahead of the machine's or (with 0) right again. One kernel has one clock: moved is what
# a look reads of it in /proc, and what a database sees that starts after. usage: clock.sh SECONDS
. /opt/lab/lib.sh
set -e
while umount /proc/stat 2>/dev/null; do :; done
echo "$1" >"$CLOCK"
[ "$1" -ne 0 ] || exit 0
awk -v by="$1" '$1 == "btime" { $2 += by } { print }' /proc/stat >/run/stat
mount --bind /run/stat /proc/stat

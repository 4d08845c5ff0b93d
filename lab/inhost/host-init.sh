#!/bin/bash
# PID 1 of one lab host, in fresh mount, network, pid, uts and ipc namespaces. Started by lab/engine/host.ts only.
# usage: host-init.sh BASE NAME SCRIPTS [LAYER]
# When this process dies the kernel ends everything of the host: processes, mounts, cables.
set -e
BASE=$1
NAME=$2
SCRIPTS=$3
LAYER=$4
HOME_DIR=$BASE/hosts/$NAME

hostname "$NAME"
mount --make-rprivate /

if [ "$NAME" = switch ]; then
  # the switch only holds the bridges: it keeps the machine's files and has no servers
  : >"$HOME_DIR/ready"
else
  # shellcheck source=host-root.sh
  . "$SCRIPTS/host-root.sh"
  make_root
  enter_root
fi

# bash reaps every child it is given, so adopted orphans leave no zombies
trap 'exit 0' TERM
while :; do
  sleep infinity &
  wait $!
done
exit

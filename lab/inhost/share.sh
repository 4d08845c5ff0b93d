#!/bin/bash
# The CIFS mount on the web host. This kernel has no CIFS client, so rclone mounts the real share through FUSE.
# usage: share.sh conf FILESERVER (the share's password on standard input) | start | stop
. /opt/lab/lib.sh
CONF=/etc/rclone.conf
MOUNT=/var/www/share
LOG=/var/log/rclone.log

# a killed rclone leaves a dead mount behind: it is listed, but nothing in it can be reached
alive() {
  mountpoint -q "$MOUNT" && pidof rclone >/dev/null
}

case $1 in
  conf)
    set -e
    umask 077 # the password is in this file, never in argv
    secret=$(rclone obscure -)
    printf '[files]\ntype = smb\nhost = %s\nuser = patronus\npass = %s\n' "$2" "$secret" >"$CONF"
    ;;
  start)
    alive && exit 0
    umount -l "$MOUNT" 2>/dev/null
    mkdir -p "$MOUNT" /var/cache/rclone
    server=$(sed -n 's/^host = //p' "$CONF")
    # cache mode off: a file counts as written only when the server has it.
    # --timeout must stay above --smb-idle-timeout, else an idle link fails at its next use.
    setsid rclone --config "$CONF" mount files:patronus "$MOUNT" \
      --vfs-cache-mode off --cache-dir /var/cache/rclone --dir-cache-time 1s --attr-timeout 1s \
      --smb-idle-timeout 20s --timeout 30s --contimeout 3s --low-level-retries 2 --retries 1 \
      --allow-other --uid 33 --gid 33 --umask 002 --devname "//$server/patronus" \
      --log-file "$LOG" --log-level NOTICE </dev/null >/dev/null 2>&1 &
    for ((i = 0; i < 300; i++)); do
      mountpoint -q "$MOUNT" && exit 0
      sleep 0.05
    done
    tail -3 "$LOG" >&2
    exit 1
    ;;
  stop)
    umount -l "$MOUNT"
    pid=$(pidof rclone) && kill $pid
    exit 0
    ;;
esac

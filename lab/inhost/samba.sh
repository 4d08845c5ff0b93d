#!/bin/bash
# The file server. usage: samba.sh conf (the share's password on standard input) | start | stop
. /opt/lab/lib.sh
CONF=/etc/samba/smb.conf
PIDFILE=/run/samba/smbd.pid

case $1 in
  conf)
    set -e
    password=$(cat)
    id patronus >/dev/null 2>&1 || useradd -M -s /usr/sbin/nologin patronus
    install -d -o patronus -g patronus -m 2775 /srv/patronus
    mkdir -p /run/samba
    install -m 644 /opt/lab/smb.conf "$CONF" # readable by ordinary users, as Debian ships it
    printf '%s\n%s\n' "$password" "$password" | smbpasswd -s -a patronus >/dev/null
    ;;
  start)
    running "$PIDFILE" && exit 0
    mkdir -p /run/samba
    rm -f "$PIDFILE" # of a killed one
    /usr/sbin/smbd -D -s "$CONF"
    answers 445
    ;;
  stop) end "$PIDFILE" ;;
esac

#!/bin/bash
# Light traffic of a few users: about two requests a second, never more than two waiting. Ends with its host.
# usage: traffic.sh conf WEB DOCUMENTS | start | stop
. /opt/lab/lib.sh
CONF=/etc/patronus-traffic
PIDFILE=/run/traffic.pid

case $1 in
  conf) printf 'WEB=%s\nDOCUMENTS=%s\n' "$2" "$3" >"$CONF" ;;
  start)
    running "$PIDFILE" && exit 0
    setsid "$0" loop </dev/null >/dev/null 2>&1 &
    ;;
  loop)
    echo $$ >"$PIDFILE"
    . "$CONF"
    ask() {
      while :; do
        # one process that asks on and on; a failing or hanging answer (20 s) never makes it ask faster
        curl -s -m 20 --rate 60/m -o /dev/null "$1"
        [ $? -lt 128 ] || return # killed on purpose
        sleep 1
      done
    }
    ask "http://$WEB/?n=[1-1000000]" &
    ask "http://$WEB/document.php?id=[1-$DOCUMENTS]" &
    wait
    ;;
  stop)
    running "$PIDFILE" && kill -- "-$(cat "$PIDFILE")"
    exit 0
    ;;
esac

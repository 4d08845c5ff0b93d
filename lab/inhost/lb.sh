#!/bin/bash
# HAProxy in front of database servers: connections go to the one server of its backend that is not in maintenance.
# usage: lb.sh conf NAME=ADDRESS… | start | stop | lead NAME (that server and no other; open sessions of the others end)
. /opt/lab/lib.sh
CONF=/etc/haproxy/haproxy.cfg
PIDFILE=/run/haproxy.pid
SOCKET=/run/haproxy/admin.sock

say() {
  socat -t 5 - "UNIX-CONNECT:$SOCKET" <<<"$*"
}

case $1 in
  conf)
    set -e
    shift
    # no checks: one that does not log in counts as a failed connection at the server, and a hundred of them block this host
    cat >"$CONF" <<EOF
global
  user haproxy
  group haproxy
  maxconn 400
  pidfile $PIDFILE
  stats socket $SOCKET user root group haproxy mode 660 level admin
  stats timeout 30s
defaults
  mode tcp
  timeout connect 2s
  timeout client 1h
  timeout server 1h
  retries 2
  option redispatch
frontend writers
  bind :3306
  default_backend mysql
backend mysql
EOF
    for server in "$@"; do echo "  server ${server%%=*} ${server#*=}:3306 disabled" >>"$CONF"; done
    usermod -a -G haproxy patronus-act # who may give it commands
    haproxy -c -q -f "$CONF"
    ;;
  start)
    running "$PIDFILE" && exit 0
    mkdir -p /run/haproxy
    haproxy -W -D -f "$CONF"
    answers 3306
    ;;
  stop) end "$PIDFILE" ;;
  lead)
    for server in $(say 'show servers state mysql' | awk '$1 ~ /^[0-9]+$/ { print $4 }'); do
      [ "$server" = "$2" ] && continue
      say "set server mysql/$server state maint"
      say "shutdown sessions server mysql/$server"
    done
    say "set server mysql/$2 state ready"
    ;;
esac

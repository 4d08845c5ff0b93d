#!/bin/bash
# The application's writes: about ten small transactions a second through the ordinary account, over one connection.
# A refused or lost write is tried again half a second later. Ends with its host.
# usage: writer.sh conf ADDRESS CLIENT (password on standard input) | to ADDRESS | start | stop
. /opt/lab/lib.sh
CONF=/etc/patronus-writer
PIDFILE=/run/writer.pid

statements() {
  local i=0
  while :; do
    i=$((i + 1))
    echo "INSERT INTO ledger VALUES ($((i % 5000)), $i, NOW(6)) ON DUPLICATE KEY UPDATE turn = VALUES(turn), at = VALUES(at);"
    [ $((i % 5)) -ne 0 ] || echo "REPLACE INTO heartbeat (ts, server_id) VALUES (DATE_FORMAT(UTC_TIMESTAMP(6), '%Y-%m-%dT%H:%i:%s.%f'), @@server_id);"
    sleep 0.1
  done
}

case $1 in
  conf)
    mkdir -p "$CONF"
    echo "$2" >"$CONF/address"
    echo "$3" >"$CONF/client"
    (umask 077; { printf '[client]\nuser=app\npassword='; cat; } >"$CONF/login.cnf")
    ;;
  to) echo "$2" >"$CONF/address" ;;
  start)
    running "$PIDFILE" && exit 0
    setsid "$0" loop </dev/null >/dev/null 2>/var/log/writer.log &
    for ((i = 0; i < 40; i++)); do running "$PIDFILE" && exit 0; sleep 0.05; done
    ;;
  loop)
    echo $$ >"$PIDFILE"
    while :; do
      statements 2>/dev/null | "$(cat "$CONF/client")" --defaults-file="$CONF/login.cnf" --host="$(cat "$CONF/address")" \
        --connect-timeout=3 patronus
      sleep 0.5
    done
    ;;
  stop)
    running "$PIDFILE" && kill -- "-$(cat "$PIDFILE")"
    rm -f "$PIDFILE"
    exit 0
    ;;
esac

#!/bin/bash
# MySQL 9.7. usage: mysql.sh conf [replication] | start | stop | sql [ARGS] | load TABLE (tab-separated rows on standard input)
#   | settle | unpack (an initialised data folder as tar on standard input, before conf) | version | hush (ends sessions)
# The host sees the MySQL layer as installed software, so `ps` and `ss` name mysqld.
. /opt/lab/lib.sh
. /opt/lab/sql-lib.sh
DATA=/var/lib/mysql
CONF=/etc/mysql/my.cnf
SOCKET=/run/mysqld/mysqld.sock
PIDFILE=/run/mysqld/mysqld.pid

client() {
  mysql --no-defaults --user=root --socket="$SOCKET" --default-character-set=utf8mb4 "$@"
}

case $1 in
  conf)
    set -e
    exec 8>/var/lib/lab/sql-init.lock # an init whose starter was killed may still be at work
    flock 8
    id mysql >/dev/null 2>&1 || useradd --system --home-dir /nonexistent --shell /bin/false mysql
    rm -rf /etc/mysql # Debian's own, for MariaDB
    mkdir -p /etc/mysql
    address=$(own_address)
    { cat /opt/lab/mysql.cnf; printf 'server-id=%s\nreport-host=%s\n' "${address//./}" "$address"; } >"$CONF"
    [ "$2" != replication ] || replication_conf mysql
    # the mark lies outside the data folder, which CLONE and backups replace; it comes last
    [ -e /var/lib/lab/sql-init-done ] && exit 0
    rm -rf "$DATA"
    install -d -o mysql -g mysql -m 750 "$DATA" /var/log/mysql
    install -d -o mysql -g mysql /run/mysqld
    mysqld --no-defaults --initialize-insecure --innodb-redo-log-capacity=32M --user=mysql --datadir="$DATA" \
      --log-error=/var/log/mysql/error.log
    : >/var/lib/lab/sql-init-done
    ;;
  start)
    running "$PIDFILE" && client -e 'SELECT 1' >/dev/null 2>&1 && exit 0
    install -d -o mysql -g mysql /run/mysqld
    running "$PIDFILE" || {
      TCMALLOC_AGGRESSIVE_DECOMMIT=1 by_clock setsid mysqld --defaults-file="$CONF" </dev/null >/dev/null 2>&1 &
    }
    for ((i = 0; i < 600; i++)); do
      client -e 'SELECT 1' >/dev/null 2>&1 && exit 0
      [ -z "$!" ] || kill -0 $! 2>/dev/null || break
      sleep 0.05
    done
    tail -5 /var/log/mysql/error.log >&2
    exit 1
    ;;
  stop) end "$PIDFILE" ;;
  sql)
    shift
    client "$@"
    ;;
  load)
    # through cat: our standard input may be a socket, which the client could not open by its name
    cat | client --local-infile=1 patronus \
      -e "LOAD DATA LOCAL INFILE '/dev/stdin' INTO TABLE $2 CHARACTER SET utf8mb4"
    ;;
  version) mysqld --no-defaults --version ;;
  unpack) unpack_data ;;
  hush) hush "$2" ;;
  settle)
    # as on a server that has lived: the log of the first load is gone, its GTIDs are purged
    set -e
    client -e 'FLUSH BINARY LOGS'
    last=$(client -N -e 'SHOW BINARY LOGS' | tail -1 | cut -f1)
    client -e "PURGE BINARY LOGS TO '$last'"
    ;;
esac

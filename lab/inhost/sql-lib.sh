# What mysql.sh and mariadb.sh share; they set DATA and CONF and define client().

# replication_conf DIALECT: the settings of a server that may be source or replica. bend.d is read last: what a
# scenario sets for the next start stands there.
replication_conf() {
  cat "/opt/lab/$1-replication.cnf" >>"$CONF"
  mkdir -p /etc/mysql/bend.d
  printf '\n!includedir /etc/mysql/bend.d/\n' >>"$CONF"
  [ "$1" = mysql ] || own_certificate
}

# MySQL makes its own at its first start
own_certificate() {
  mkdir -p /etc/mysql/tls
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -subj "/CN=$(hostname)" \
    -keyout /etc/mysql/tls/key.pem -out /etc/mysql/tls/cert.pem 2>/dev/null
  chown -R mysql /etc/mysql/tls
}

unpack_data() {
  set -e
  id mysql >/dev/null 2>&1 || useradd --system --home-dir /nonexistent --shell /bin/false mysql
  rm -rf "$DATA"
  install -d -o mysql -g mysql -m 750 "$DATA" /var/log/mysql
  install -d -o mysql -g mysql /run/mysqld
  tar -xSf - -C "$DATA"
  rm -f "$DATA/auto.cnf" # two servers with one uuid do not replicate
  chown -R mysql:mysql "$DATA"
  : >/var/lib/lab/sql-init-done
}

# hush [PATTERN]: ends every session of a person, an application or a replica that pulls the log, but for commands like
# the pattern; replication's own threads and the console stay. Then runs the statements on standard input.
hush() {
  local kills
  # read to the end first: the session that kills must not stand in the list
  kills=$(client -N -e "SELECT CONCAT('KILL ', ID, ';') FROM information_schema.PROCESSLIST
    WHERE ID <> CONNECTION_ID() AND COMMAND NOT IN ('Daemon', 'Slave_IO', 'Slave_SQL', 'Slave_worker')
      AND COMMAND NOT LIKE '${1:-none}' AND USER NOT IN ('system user', 'event_scheduler', 'patronus_watch')" </dev/null 2>/dev/null)
  [ -z "$kills" ] || client --force <<<"$kills" 2>/dev/null
  client -N -B # then what stands on our standard input
}

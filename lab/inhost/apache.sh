#!/bin/bash
# The web server with the application.
# usage: apache.sh conf DATABASE (the application's password on standard input) | start | stop
. /opt/lab/lib.sh
PIDFILE=/run/apache2/apache2.pid

control() {
  . /etc/apache2/envvars
  mkdir -p "$APACHE_RUN_DIR" "$APACHE_LOCK_DIR"
  apache2 -k "$1"
}

case $1 in
  conf)
    set -e
    mkdir -p /etc/patronus /var/log/apache2 /var/www/html
    (umask 027; cat >/etc/patronus/database-password)
    chgrp www-data /etc/patronus/database-password
    php=$(basename "$(ls /etc/apache2/mods-available/php*.load | head -1)" .load)
    a2dismod -q -f mpm_event mpm_worker >/dev/null 2>&1 || :
    a2enmod -q mpm_prefork "$php" status >/dev/null
    a2dissite -q 000-default >/dev/null 2>&1 || :
    sed -e "s/@HOST@/$(hostname)/" -e "s/@DATABASE@/$2/" /opt/lab/apache-site.conf >/etc/apache2/sites-available/patronus.conf
    a2ensite -q patronus >/dev/null
    cp /opt/lab/php.ini "/etc/php/${php#php}/apache2/conf.d/90-patronus.ini"
    ;;
  start)
    running "$PIDFILE" && exit 0
    rm -f "$PIDFILE" # of a killed one
    cp -r /opt/lab/app/. /var/www/html/
    rm -f /var/www/html/index.html # Debian's welcome page would win over index.php
    control start
    answers 80
    ;;
  stop)
    running "$PIDFILE" && control stop
    exit 0
    ;;
esac

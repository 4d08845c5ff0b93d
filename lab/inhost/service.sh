#!/bin/bash
# What systemctl is elsewhere, for the database of this host: the estate names it, and the acting account may run it as
# root with exactly these words. usage: service.sh ENGINE stop | start | disable | enable | state | boot
# disable: a start of the host (lab up) does not start it. state and boot only look, and need no rights.
engine=$1
MARK=/etc/lab-disabled-$engine # everybody may look
case $engine in
  mysql) process=mysqld ;;
  mariadb) process=mariadbd ;;
  *) exit 64 ;;
esac

case $2 in
  stop | start) exec "/opt/lab/$engine.sh" "$2" ;;
  disable) : >"$MARK" ;;
  enable) rm -f "$MARK" ;;
  state) if pgrep -x "$process" >/dev/null; then echo active; else echo inactive; fi ;;
  boot) if [ -e "$MARK" ]; then echo disabled; else echo enabled; fi ;;
  *) exit 64 ;;
esac

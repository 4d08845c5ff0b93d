#!/bin/bash
# The host's own sshd on port 22, for other hosts. (The console comes through the gate, which starts `sshd -i` itself.)
# usage: sshd.sh start|stop
. /opt/lab/lib.sh
case $1 in
  start)
    running /run/sshd.pid && exit 0
    exec /usr/sbin/sshd -E /var/log/sshd.log
    ;;
  stop) end /run/sshd.pid ;;
esac

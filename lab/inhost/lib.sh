# Helpers of the service scripts inside a lab host.

# running PIDFILE: is the process named in it alive?
running() {
  local pid
  pid=$(cat "$1" 2>/dev/null) || return 1
  [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null
}

# answers PORT [TENTHS]: waits until something listens on this host's port
answers() {
  local i
  for ((i = 0; i < ${2:-100}; i++)); do
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return 0
    sleep 0.1
  done
  echo "nothing answers on port $1" >&2
  return 1
}

# end PIDFILE: asks the process to stop and waits for its end, at most 20 s
end() {
  local pid i
  running "$1" || return 0
  pid=$(cat "$1")
  kill "$pid"
  for ((i = 0; i < 200; i++)); do
    kill -0 "$pid" 2>/dev/null || return 0
    sleep 0.1
  done
  kill -9 "$pid"
}

CLOCK=/var/lib/lab/clock

# by_clock COMMAND…: by the clock that this host is to have (clock.sh); only what is counted from a date is moved
by_clock() {
  local ahead
  ahead=$(cat "$CLOCK" 2>/dev/null)
  [ "${ahead:-0}" -ne 0 ] || exec "$@"
  exec env LD_PRELOAD=libfaketimeMT.so.1 LD_LIBRARY_PATH="$(echo /usr/lib/*/faketime)" \
    FAKETIME="$(printf '%+d' "$ahead")" FAKETIME_DONT_FAKE_MONOTONIC=1 "$@"
}

own_address() {
  ip -4 -o addr show eth0 | awk '{ sub(/\/.*/, "", $4); print $4; exit }'
}

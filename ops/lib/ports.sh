# shellcheck shell=bash
# TCP ports: port_is_free PORT, free_port [PREFERRED].

# Is nobody listening on this port, on any address?
port_is_free() {
  local hex
  hex="$(printf ':%04X' "$1")"
  ! cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | awk -v port="$hex" '
    $4 == "0A" && substr($2, length($2) - 4) == port { found = 1 } END { exit !found }'
}

# The preferred port or the next free one after it; without a preference a random free one. Below the range from which the
# system takes the ports of outgoing connections, so that none of those is in the way later.
free_port() {
  local port="${1:-$((20000 + (RANDOM * 32768 + RANDOM) % 12000))}" tries=0
  until port_is_free "$port"; do
    port=$((port + 1))
    tries=$((tries + 1))
    ((tries < 500 && port < 65536)) || return 1
  done
  printf '%s' "$port"
}

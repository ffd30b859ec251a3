# shellcheck shell=bash disable=SC2154 # $dir is set by ops/postgres/cluster
# Who runs the server, and where its data lie. Sets $home and $owner. Part of ops/postgres/cluster.
# PostgreSQL refuses to run as root; then an ordinary user runs it, who must be able to reach the data.

owner=""

# Runs a command as the user who owns the cluster. The working directory of the caller may be closed to that user.
as_owner() {
  if [[ -n "$owner" ]]; then
    if have runuser; then
      (cd / && runuser -u "$owner" -- "$@")
    else
      (cd / && setpriv --reuid="$owner" --regid="$(id -g "$owner")" --init-groups -- "$@")
    fi
  else
    "$@"
  fi
}

choose_owner() {
  is_root || return 0
  if id postgres >/dev/null 2>&1; then
    owner=postgres
  elif id calltracking >/dev/null 2>&1 ||
    useradd --system --user-group --home-dir /var/lib/calltracking --shell /usr/sbin/nologin calltracking >/dev/null 2>&1; then
    owner=calltracking
  else
    owner=nobody
  fi
}

# Can the owner work in this folder, which exists?
owner_can_use() { as_owner test -r "$1" -a -w "$1" -a -x "$1" 2>/dev/null; }

# Where the data go when the owner cannot reach the work tree: one closed folder for each work tree.
private_place() {
  local hash
  hash="$(printf '%s' "$dir" | sha256sum | cut -c1-16)"
  if mkdir -p /var/lib/calltracking 2>/dev/null && chmod 711 /var/lib/calltracking 2>/dev/null; then
    printf '/var/lib/calltracking/%s' "$hash"
  else
    printf '%s/calltracking-%s' "${TMPDIR:-/tmp}" "$hash"
  fi
}

# Hands a folder over to the owner, closed to everyone else.
claim() {
  mkdir -p "$1" 2>/dev/null && { [[ -z "$owner" ]] || chown "$owner" "$1" 2>/dev/null; } && as_owner chmod 700 "$1" 2>/dev/null
}

# Sets $home to the folder of an existing cluster; false if there is none. Its password file tells it from other folders:
# nothing that this script did not make is ever taken over or removed.
find_home() {
  [[ -d "$dir" ]] || return 1
  home="$(readlink -f "$dir")"
  if is_root; then
    owner="$(stat -c %U "$home")"
    if [[ "$owner" == root ]]; then return 1; fi
  fi
  owner_can_use "$home" || fail "The cluster in $dir belongs to the user $(stat -c %U "$home")." \
    "Run this as that user or as root, or choose another place with --dir."
  as_owner test -f "$home/password"
}

# Sets $home, making the folder if need be.
prepare_home() {
  # A link whose target went away is made anew.
  if [[ -L "$dir" && ! -d "$dir" ]]; then rm -f "$dir"; fi
  if find_home; then return; fi
  choose_owner
  if [[ ! -e "$dir" ]] || rmdir "$dir" 2>/dev/null; then
    if claim "$dir" && owner_can_use "$dir"; then
      home="$(readlink -f "$dir")"
      return
    fi
    rmdir "$dir" 2>/dev/null || true
  fi
  [[ ! -e "$dir" ]] || fail "$dir exists and holds something else." "Move it away, or choose another place with --dir."
  home="$(private_place)"
  if ! claim "$home" || ! owner_can_use "$home"; then
    fail "No folder could be made that the user ${owner:-$(id -un)} can use: neither $dir nor $home." "Choose another place with --dir."
  fi
  ln -s "$home" "$dir"
}

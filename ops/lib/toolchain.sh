# shellcheck shell=bash
# What the machine must have, and how it is had: need_dotnet, have, is_root, apt_install. Needs progress.sh.

have() { command -v "$1" >/dev/null 2>&1; }

is_root() { [[ "$(id -u)" == 0 ]]; }

# May this script install Debian packages? Only as root, and only where apt is.
may_apt() { is_root && have apt-get; }

# apt_install PACKAGE...: installs without questions; the package lists are fetched once per run.
apt_install() {
  export DEBIAN_FRONTEND=noninteractive
  if [[ ! -e "$CT_RUN/apt-updated" || -n "$(find "$CT_RUN/apt-updated" -mmin +360 2>/dev/null)" ]]; then
    apt-get update
    touch "$CT_RUN/apt-updated"
  fi
  apt-get install -y --no-install-recommends "$@"
}

# Ends the script unless a .NET SDK that satisfies global.json is on PATH (or in the usual places, then it is put there).
need_dotnet() {
  local wanted found place
  wanted="$(sed -n 's/.*"version": *"\([0-9.]*\)".*/\1/p' "$CT_ROOT/global.json" | head -1)"
  if ! have dotnet; then
    for place in "${DOTNET_ROOT:-}" "$HOME/.dotnet" /usr/share/dotnet /usr/lib/dotnet /opt/dotnet; do
      if [[ -n "$place" && -x "$place/dotnet" ]]; then
        export PATH="$place:$PATH" DOTNET_ROOT="$place"
        break
      fi
    done
  fi
  have dotnet || fail "No 'dotnet' command was found." "Install the .NET SDK $wanted or a newer 10.0: https://dot.net/download"
  found="$(cd "$CT_ROOT" && dotnet --version 2>&1)" ||
    fail "The .NET SDK $wanted (global.json) is not installed: 'dotnet --list-sdks' shows $(dotnet --list-sdks | cut -d' ' -f1 | paste -sd' ')." \
      "Install it: https://dot.net/download"
  [[ "$found" == 10.* ]] || fail "Expected a .NET SDK 10, found $found." "Install the .NET SDK $wanted: https://dot.net/download"
}

# Ends the script unless node and npm are there; as root on Debian they are installed.
need_npm() {
  if have npm && have node; then return; fi
  if may_apt; then
    step "Install node and npm (apt)" apt_install nodejs npm
  fi
  have npm || fail "No 'npm' command was found." "Install node 18 or newer with npm."
}

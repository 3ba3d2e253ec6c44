# Sourced: telltale_need PROGRAM=PACKAGE... installs the Debian packages of the programs not there.

telltale_need() {
  local pair missing=()
  for pair in "$@"; do
    command -v "${pair%%=*}" >/dev/null 2>&1 || [ -x "/usr/sbin/${pair%%=*}" ] || missing+=("${pair#*=}")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  if [ "$(id -u)" != 0 ]; then
    echo "missing: ${missing[*]}; install them as root: apt-get install ${missing[*]}" >&2
    exit 2
  fi
  echo "installing ${missing[*]}" >&2
  apt-get update -qq >&2
  # Mosquitto's package starts a broker of its own unless told not to; we run ours on loopback.
  RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
    { echo "could not install ${missing[*]}: see apt-get's message above" >&2; exit 2; }
}

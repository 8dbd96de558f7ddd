#!/bin/sh
# Makes sure that a Docker engine answers. An engine that answers is left alone. Without one, as root on Debian or Ubuntu,
# docker.io is installed and dockerd started by hand: a container has no init system, and service autostart is refused there.
# ECS_ENGINE_OPTIONS: further options of dockerd. Elsewhere it says what to install. May be called often, and twice at once. stop-engine.sh ends what this has started.
set -eu
# shellcheck source=src/engine/common.sh
. "$(dirname -- "$0")/common.sh"

log=$engine_home/dockerd.log

how_to_install() {
  case $(uname -s) in
  Darwin) echo "install Docker Desktop, Colima or Rancher Desktop, and start it." ;;
  Linux) echo "install Docker (Debian, Ubuntu: sudo apt-get install docker.io iptables; others: https://docs.docker.com/engine/install/), start it, and add yourself to the group 'docker'; or run this once as root." ;;
  *) echo "install Docker Desktop, and start it." ;;
  esac
}

install_engine() {
  command -v dockerd >/dev/null 2>&1 && command -v iptables >/dev/null 2>&1 && return
  say "installing docker.io and iptables (apt-get) …"
  export DEBIAN_FRONTEND=noninteractive
  if ! apt_install >"$engine_home/apt.log" 2>&1; then
    { apt-get -q update && apt_install; } >"$engine_home/apt.log" 2>&1 ||
      fail "apt-get could not install docker.io:
$(tail -n 5 "$engine_home/apt.log")
Next: see $engine_home/apt.log, or $(how_to_install)"
  fi
}

apt_install() {
  apt-get -q -y install --no-install-recommends docker.io iptables ca-certificates </dev/null
}

start_engine() {
  # A hard stop leaves pid files and sockets, and dockerd trusts them when such a number belongs to another process now.
  end_process "$engine_home/exec/containerd/containerd.pid" "$engine_home/exec"
  rm -f "$engine_home/dockerd.pid" "$engine_home"/exec/containerd/*.pid "$engine_home"/exec/containerd/*.sock*
  # containerd's directory of snapshots can't lie on an overlay (a container's own root): vfs is slow but works everywhere.
  driver=
  [ "$(stat -f -c %T "$engine_home" 2>/dev/null)" != overlayfs ] || driver=--storage-driver=vfs
  # shellcheck disable=SC2086 # no driver, no argument; several options
  nohup setsid dockerd --host="$engine_host" --data-root="$engine_home/data" --exec-root="$engine_home/exec" \
    --pidfile="$engine_home/dockerd.pid" $driver ${ECS_ENGINE_OPTIONS-} </dev/null >"$log" 2>&1 9>&- &
  started=$!
  waited=0
  until engine_answers; do
    kill -0 "$started" 2>/dev/null || return 1
    waited=$((waited + 1))
    [ "$waited" -lt 300 ] || return 1
    sleep 0.2
  done
}

if engine_answers; then
  exit 0
fi
if [ -n "${DOCKER_HOST-}" ]; then
  fail "no engine answers at DOCKER_HOST=$DOCKER_HOST. Next: start it, or unset DOCKER_HOST."
fi
if [ "$engine_host" != "unix://$engine_socket" ]; then
  fail "no engine answers at $engine_host, which docker's context names. Next: start it, or choose another one with docker context use."
fi
if ! may_install; then
  fail "no Docker engine answers. Next: $(how_to_install)"
fi

mkdir -p "$engine_home"
exec 9>"$engine_home/lock"
flock -w 600 9 || fail "another ensure-engine.sh has held $engine_home/lock for ten minutes."
if engine_answers; then
  exit 0
fi
install_engine
say "starting dockerd (data and log in $engine_home) …"
if ! start_engine; then
  fail "dockerd did not start:
$(tail -n 5 "$log")
Next: see $log. In a container, it has to be a privileged one, or one with the host's /var/run/docker.sock."
fi
say "a Docker engine answers at $engine_host; stop it with src/engine/stop-engine.sh"

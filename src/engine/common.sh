# shellcheck shell=sh disable=SC2034
# What the engine scripts share: where things lie, and talking to an engine with or without the docker command.

engine_scripts=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# The data of a daemon that these scripts start. Not below target/: an overlay can't always lie on another one, and clean would fail.
engine_home=${ECS_ENGINE_HOME:-/var/lib/ecs-maven-plugin/engine}
engine_socket=${ECS_ENGINE_SOCKET:-/var/run/docker.sock}
# As the docker command finds it: the user's context (Colima, rootless, Desktop) counts where no variable names another one.
engine_host=${DOCKER_HOST-}
if [ -z "$engine_host" ] && [ -z "${ECS_ENGINE_SOCKET-}" ] && command -v docker >/dev/null 2>&1; then
  engine_host=$(docker context inspect --format '{{.Endpoints.docker.Host}}' 2>/dev/null) || engine_host=
fi
engine_host=${engine_host:-unix://$engine_socket}

say() { printf 'engine: %s\n' "$*" >&2; }

fail() {
  say "$@"
  exit 1
}

is_debian() {
  [ -r /etc/os-release ] || return 1
  # shellcheck disable=SC1091
  (. /etc/os-release && case " ${ID-} ${ID_LIKE-} " in *" debian "* | *" ubuntu "*) true ;; *) false ;; esac)
}

# As root on Debian or Ubuntu.
may_install() {
  [ "$(uname -s)" = Linux ] && [ "$(id -u)" = 0 ] && is_debian
}

java_command() {
  if [ -n "${JAVA_HOME-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
    printf '%s\n' "$JAVA_HOME/bin/java"
  else
    command -v java || fail "no java found. Next: install a JDK 17 (Debian, Ubuntu: apt-get install openjdk-17-jdk-headless)."
  fi
}

# The engine's API without a docker command: engine_api <what> <arguments>, see EngineApi.java.
engine_api() {
  "$(java_command)" -Xshare:auto -XX:TieredStopAtLevel=1 "$engine_scripts/EngineApi.java" "$engine_host" "$@"
}

engine_answers() {
  case $engine_host in
  unix://*) [ -S "${engine_host#unix://}" ] || return 1 ;;
  esac
  if command -v docker >/dev/null 2>&1; then
    DOCKER_HOST=$engine_host docker version >/dev/null 2>&1
  else
    engine_api ping >/dev/null 2>&1
  fi
}

engine_has_image() {
  if command -v docker >/dev/null 2>&1; then
    DOCKER_HOST=$engine_host docker image inspect "$1" >/dev/null 2>&1
  else
    engine_api has-image "$1" >/dev/null 2>&1
  fi
}

# Ends the process of a pid file, when its command line holds the given text, and waits for it.
end_process() {
  pid=$(cat "$1" 2>/dev/null) || return 0
  tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF -- "$2" || return 0
  kill "$pid"
  waited=0
  while kill -0 "$pid" 2>/dev/null; do
    waited=$((waited + 1))
    [ "$waited" -lt 150 ] || fail "process $pid has not ended after 30 s."
    sleep 0.2
  done
  say "ended process $pid"
}

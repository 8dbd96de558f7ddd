#!/bin/sh
# Stops the Docker engine that ensure-engine.sh has started, with its containers. Another engine is left alone.
# With --delete, its images and logs are deleted too.
set -eu
# shellcheck source=src/engine/common.sh
. "$(dirname -- "$0")/common.sh"

pid=$(cat "$engine_home/dockerd.pid" 2>/dev/null || true)
if [ -n "$pid" ] && tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -q -- "--data-root=$engine_home/data"; then
  kill "$pid"
  waited=0
  while kill -0 "$pid" 2>/dev/null; do
    waited=$((waited + 1))
    [ "$waited" -lt 150 ] || fail "dockerd (process $pid) has not ended after 30 s."
    sleep 0.2
  done
  say "stopped"
else
  say "no engine of ours runs"
fi
if [ "${1-}" = --delete ]; then
  rm -rf "$engine_home"
  say "deleted $engine_home"
fi
